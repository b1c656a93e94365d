"""Two people, one digest; received, or revised field by field; what moved is shown."""

import pytest
from tests.certification.core.world import DAY, HOUR, T, record_facts
from tests.supervision.filings.begun import RECP, begin, codes, explain, prepared, sent

from sinhthai.accounts.models import AuditEntry
from sinhthai.certification.actions.chain import links
from sinhthai.certification.engine.chain import check
from sinhthai.certification.models import Duty, Event
from sinhthai.foundation.problems import InputError
from sinhthai.supervision.actions.filings import (
    WordsRefused,
    open_filing,
    prepare_filing,
    send_filing,
    take_back_filing,
    write_words,
)
from sinhthai.supervision.actions.filings_received import (
    ask_revision,
    changed_fields,
    receive_filing,
    revise_changed,
)
from sinhthai.supervision.models import Filing, Sending
from sinhthai.supervision.readers.filings import fill_filing

pytestmark = pytest.mark.postgres
ELECTRICITY, TOTAL = "recp_electricity_cost_saved_mvnd", "recp_cost_saved_mvnd"


def again(filing):
    return Filing.objects.get(pk=filing.pk)


def test_a_form_begins_filled_in_and_only_once(world):
    record_facts(world.park, years=(2024,), **RECP)
    filing = begin(world)
    assert begin(world).pk == filing.pk
    filled = fill_filing(filing)
    assert filled.answers[TOTAL].value == 131.5
    assert filled.answers[ELECTRICITY].fact.year == 2024


def test_the_form_of_an_enterprise_takes_its_own_facts_of_the_report_year(world):
    filled = fill_filing(begin(world, "B.4", firm=True))
    assert filled.answers["recp_applied"].value is True
    assert filled.answers["enterprise_tax_code"].value == "0300588569"
    assert filled.answers["enterprise_park"].value == "KCN Hiệp Phước"


@pytest.mark.parametrize("year", [2021, 2027])
def test_a_year_outside_the_decree_or_to_come_is_refused(world, year):
    with pytest.raises(InputError) as refused:
        begin(world, year=year)
    assert codes(refused) == ["filing-year"]
    assert not Filing.objects.exists()


@pytest.mark.parametrize("who", ["reader", "rival", "clerk", "judge", "overseer", "stranger"])
def test_nobody_else_begins_or_fills_in(world, who):
    filing = begin(world)
    form = fill_filing(filing).form
    for act in (
        lambda user: open_filing(user=user, form=form, year=2024, park=world.park, at=T),
        lambda user: write_words(user=user, filing=filing, words={"investor_fax": "1"}, at=T),
        lambda user: prepare_filing(user=user, filing=filing, at=T),
    ):
        with pytest.raises(InputError) as refused:
            act(world.people[who])
        assert codes(refused) == ["no-right"]
    assert again(filing).words == {}


def test_words_are_kept_with_who_typed_them_and_all_mistakes_come_at_once(world):
    filing = begin(world, "B.5", firm=True)
    write_words(user=world.clerk, filing=filing, words={"share_env_2": "35 %"}, at=T)
    kept = again(filing).words["share_env_2"]
    assert (kept["value"], kept["by"]) == (35, world.clerk.pk)
    words = {"share_env_2": "300", "share_soc_1": "x", "employees": "7", "mayor": "1"}
    with pytest.raises(WordsRefused) as refused:
        write_words(user=world.clerk, filing=filing, words=words, at=T)
    assert codes(refused) == [
        "filing-range", "filing-number", "filing-from-records", "filing-no-field",
    ]  # fmt: skip
    assert set(refused.value.by_answer) == set(words)
    assert again(filing).words["share_env_2"] == kept
    write_words(user=world.clerk, filing=filing, words={"share_env_2": ""}, at=T)
    assert "share_env_2" not in again(filing).words


def test_the_same_answer_keeps_its_author(world):
    filing = begin(world)
    write_words(user=world.writer, filing=filing, words={"investor_fax": "028"}, at=T)
    write_words(user=world.signer, filing=filing, words={"investor_fax": "028"}, at=T + HOUR)
    assert again(filing).words["investor_fax"]["by"] == world.writer.pk


def test_what_is_missing_stops_preparing_until_explained(world):
    filing = begin(world)
    with pytest.raises(InputError) as refused:
        prepare_filing(user=world.writer, filing=filing, at=T)
    assert set(codes(refused)) == {"filing-missing"}
    assert len(codes(refused)) == len(fill_filing(filing).missing) > 10
    explain(filing, world.writer)
    assert prepare_filing(user=world.writer, filing=filing, at=T).state == "pending"


def test_another_person_sends_exactly_what_was_prepared(world):
    filing = sent(world, **RECP)
    sending = Sending.objects.get(filing=filing)
    assert (filing.state, sending.number, sending.digest) == ("sent", 1, filing.digest)
    assert sending.values[TOTAL]["value"] == 131.5
    assert (sending.prepared_by, sending.sent_by) == (world.writer, world.signer)
    assert Duty.objects.get(kind="filing.receive").holder == "management_board"
    told = list(AuditEntry.objects.values_list("action", flat=True))
    assert {"supervision.filing_send", "supervision.filing_prepare"} <= set(told)
    kinds = list(Event.objects.values_list("kind", flat=True))
    assert kinds[-2:] == ["filing.prepare", "filing.send"]
    assert check(links()) == []


def test_nobody_sends_what_they_prepared_or_typed(world):
    filing = begin(world)
    write_words(user=world.signer, filing=filing, words={"investor_fax": "028"}, at=T)
    explain(filing, world.writer)
    prepare_filing(user=world.writer, filing=filing, at=T)
    with pytest.raises(InputError) as refused:
        send_filing(user=world.signer, filing=filing, digest_seen=again(filing).digest, at=T + HOUR)
    assert codes(refused) == ["filing-own"]
    with pytest.raises(InputError) as editor:
        send_filing(user=world.writer, filing=filing, digest_seen=again(filing).digest, at=T + HOUR)
    assert codes(editor) == ["no-right"]
    assert not Sending.objects.exists()


def test_a_fact_corrected_meanwhile_stops_the_sending(world):
    filing = prepared(world, **RECP)
    record_facts(world.park, years=(2024,), **{**RECP, ELECTRICITY: 90.0})
    with pytest.raises(InputError) as refused:
        send_filing(user=world.signer, filing=filing, digest_seen=filing.digest, at=T + 2 * HOUR)
    assert codes(refused) == ["filing-changed"]
    assert "Chi phí điện" in refused.value.problems[0].message.vi
    take_back_filing(user=world.writer, filing=filing, reason="số mới", at=T)
    filing = prepare_filing(user=world.writer, filing=filing, at=T + 3 * HOUR)
    send_filing(user=world.signer, filing=filing, digest_seen=filing.digest, at=T + 4 * HOUR)
    assert Sending.objects.get().values[TOTAL]["value"] == 121.5


def test_a_double_click_sends_once_and_another_version_is_refused(world):
    filing = prepared(world)
    with pytest.raises(InputError) as other:
        send_filing(user=world.signer, filing=filing, digest_seen="0" * 64, at=T)
    assert codes(other) == ["filing-other-digest"]
    send_filing(user=world.signer, filing=filing, digest_seen=filing.digest, at=T)
    with pytest.raises(InputError) as again_:
        send_filing(user=world.signer, filing=filing, digest_seen=filing.digest, at=T)
    assert codes(again_) == ["filing-state"]
    assert Sending.objects.count() == 1


def test_the_board_receives_and_its_duty_closes(world):
    filing = sent(world)
    assert receive_filing(user=world.judge, filing=filing, at=T + DAY).state == "received"
    assert Sending.objects.get().outcome == "received"
    assert not Duty.objects.filter(kind="filing.receive", closed_at=None).exists()


@pytest.mark.parametrize("who", ["writer", "signer", "chair", "overseer", "stranger"])
def test_only_the_board_receives_or_asks(world, who):
    filing = sent(world)
    with pytest.raises(InputError) as refused:
        receive_filing(user=world.people[who], filing=filing, at=T + DAY)
    assert codes(refused) == ["no-right"]
    with pytest.raises(InputError):
        ask_revision(
            user=world.people[who], filing=filing, asked={"investor_fax": "thiếu"}, at=T + DAY
        )
    assert again(filing).state == "sent"


def test_a_revision_opens_only_the_fields_asked(world):
    filing = sent(world, **RECP)
    ask_revision(user=world.judge, filing=filing, asked={"investor_fax": "bổ sung"}, at=T + DAY)
    assert Duty.objects.get(kind="filing.revise").holder == "operator"
    with pytest.raises(WordsRefused) as refused:
        write_words(user=world.writer, filing=filing, words={"project_name?": "mới"}, at=T)
    assert codes(refused) == ["filing-closed-field"]
    record_facts(world.park, years=(2024,), **{**RECP, ELECTRICITY: 1.0})  # not asked about
    write_words(user=world.writer, filing=filing, words={"investor_fax": "0283"}, at=T + DAY)
    filing = prepare_filing(user=world.writer, filing=filing, at=T + DAY)
    send_filing(user=world.signer, filing=filing, digest_seen=filing.digest, at=T + DAY + HOUR)
    second, first = Sending.objects.order_by("-number")
    assert second.values["investor_fax"]["value"] == "0283"
    assert second.values[TOTAL] == first.values[TOTAL]
    assert first.outcome == "revision"
    assert not Duty.objects.filter(kind="filing.revise", closed_at=None).exists()


def test_a_revision_must_ask_something_the_filer_can_change(world):
    filing = sent(world)
    for asked, expected in (
        ({}, ["filing-nothing-asked"]),
        ({"investor_fax": "  "}, ["filing-nothing-asked"]),
        ({TOTAL: "sai", "mayor": "?"}, ["filing-computed", "filing-no-field"]),
    ):
        with pytest.raises(InputError) as refused:
            ask_revision(user=world.judge, filing=filing, asked=asked, at=T + DAY)
        assert codes(refused) == expected


@pytest.mark.parametrize("who", ["judge", "writer"])
def test_a_later_correction_asks_for_exactly_what_moved(world, who):
    filing = sent(world, **RECP)
    receive_filing(user=world.judge, filing=filing, at=T + DAY)
    assert changed_fields(again(filing)) == ()
    with pytest.raises(InputError) as refused:
        revise_changed(user=world.people[who], filing=filing, at=T + DAY)
    assert codes(refused) == ["filing-same"]
    record_facts(world.park, years=(2024,), **{**RECP, ELECTRICITY: 90.0})
    assert changed_fields(again(filing)) == (ELECTRICITY, TOTAL)
    filing = revise_changed(user=world.people[who], filing=filing, at=T + 2 * DAY)
    assert (filing.state, list(filing.asked)) == ("revision", [ELECTRICITY])
    filing = prepare_filing(user=world.writer, filing=filing, at=T + 2 * DAY)
    send_filing(user=world.signer, filing=filing, digest_seen=filing.digest, at=T + 3 * DAY)
    assert Sending.objects.first().values[TOTAL]["value"] == 121.5
    assert changed_fields(again(filing)) == ()


def test_the_duty_to_file_closes_when_the_form_is_sent(world):
    Duty.objects.create(
        key=f"filing:A.4:2025:{world.park.code}:", kind="filing.A.4", party="applicant",
        holder="operator", park=world.park, title_vi="x", title_en="x", url="/", since=T,
    )  # fmt: skip
    sent(world)
    assert not Duty.objects.filter(kind="filing.A.4", closed_at=None).exists()


def test_an_address_must_be_one(world):
    filing = begin(world, "A.5")
    with pytest.raises(WordsRefused) as refused:
        write_words(user=world.writer, filing=filing, words={}, published_at="javascript:x", at=T)
    assert codes(refused) == ["filing-address"]
    kept = write_words(
        user=world.writer, filing=filing, words={}, published_at="https://kcn.vn/bc", at=T
    )
    assert kept.published_at == "https://kcn.vn/bc"
