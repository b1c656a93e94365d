"""Forms at each stage, made by the actions themselves."""

from tests.certification.core.world import HOUR, T, record_facts

from sinhthai.rules.forms import load_forms
from sinhthai.supervision.actions.filings import (
    open_filing,
    prepare_filing,
    send_filing,
    write_words,
)
from sinhthai.supervision.readers.filings import fill_filing

RECP = {
    "recp_electricity_cost_saved_mvnd": 100.0, "recp_water_cost_saved_mvnd": 20.0,
    "recp_wastewater_cost_saved_mvnd": 5.0, "recp_waste_reuse_cost_saved_mvnd": 3.0,
    "recp_waste_recycling_cost_saved_mvnd": 2.0, "recp_materials_cost_saved_mvnd": 1.0,
    "recp_chemicals_cost_saved_mvnd": 0.5, "recp_electricity_saved_kwh": 50_000.0,
}  # fmt: skip


def begin(world, form="A.4", *, year=2025, firm=False, at=T):
    user = world.clerk if firm else world.writer
    return open_filing(
        user=user, form=load_forms().forms[form], year=year, park=world.park,
        enterprise=world.firm if firm else None, at=at,
    )  # fmt: skip


def explain(filing, user, *, at=T):
    """Say of every missing field why there is none."""
    words = {f"{one.field.id}?": "chưa đo" for one in fill_filing(filing).missing}
    return write_words(user=user, filing=filing, words=words, at=at)


def prepared(world, form="A.4", *, firm=False, **values):
    if values:
        record_facts(world.park, world.firm if firm else None, years=(2024,), **values)
    user = world.clerk if firm else world.writer
    filing = explain(begin(world, form, firm=firm), user)
    return prepare_filing(user=user, filing=filing, at=T + HOUR)


def sent(world, form="A.4", *, firm=False, **values):
    filing = prepared(world, form, firm=firm, **values)
    signer = world.owner if firm else world.signer
    send_filing(user=signer, filing=filing, digest_seen=filing.digest, at=T + 2 * HOUR)
    filing.refresh_from_db()
    return filing


def codes(refused):
    return [problem.code for problem in refused.value.problems]
