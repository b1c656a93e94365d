"""One world with something in every room, built once for a file of tests; each test rolls back.

Every free text of it carries what an attacker would write.
"""

from __future__ import annotations

import contextlib
import types

from django.db import transaction
from django.test import Client
from tests.certification.core import world as made
from tests.certification.core.world import DAY, HOUR, ON, PDF, YEAR, T, World

from sinhthai.accounts.models import Membership, User
from sinhthai.certification.actions import evaluation, opinions, papers, steps
from sinhthai.certification.actions.dossiers import open_dossier, write_contents
from sinhthai.certification.models import Certificate, Dossier
from sinhthai.reporting.actions import set_value
from sinhthai.rules.forms import load_forms
from sinhthai.supervision.actions import alerts, cases, corrective, filings, inspections
from sinhthai.supervision.actions.feeds import make_feed

# A script, an attribute, a template, a formula, markup of Typst, a format, letters that turn
# the writing around, controls no XML holds.
EVIL = (
    '=HYPERLINK("http://e.vil")<script>alert(1)</script>"\'><img src=x onerror=alert(2)>'
    '{{7*7}}{% debug %}{who}%(n)s #sys.inputs $x$ [a] *b* _c_ \\ @d `e` #read("/etc/passwd")'
    " \u202ecod.exe\u202c \x01\x0b\x1f]]>"
)
TRACES = ("<script>alert(1)", "<img src=x", "onerror=alert(2)>")


@contextlib.contextmanager
def rolled_back():
    """Everything within is undone, as a test of Django's own does; these may stand in another."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def build(monkeypatch) -> types.SimpleNamespace:
    """Return the world, and one of everything by name."""
    made.cheapen_keys(monkeypatch)
    world = made.make_world(keys=True)
    far = made.make_body(
        "far-committee", "peoples_committee", scope=("province", "92"), province="92"
    )
    world.people |= {
        "former": _join("former", world.bodies["board"]),  # whose membership ended
        "far_chair": _join("far_chair", far),
        "no_role": _join("no_role", made.make_body("no-scope", "ministry")),
    }
    Membership.objects.filter(user=world.people["former"]).delete()
    world.park.name_en = "Evil <script>alert(1)</script>"
    world.park.save()
    things = types.SimpleNamespace(world=world, client=Client)
    things.issued = _certified(world)
    things.certificate = Certificate.objects.get(dossier=things.issued)
    things.draft = open_dossier(
        user=world.clerk, kind="issue", park=world.park, enterprise=world.firm, on=ON, year=YEAR,
        at=T + 7 * DAY,
    )  # fmt: skip
    write_contents(
        user=world.clerk, dossier=things.draft, contents=_evil("enterprise"), at=T + 7 * DAY
    )
    things.opinion = things.issued.opinions.get(authority="recp_body")
    _keeping(things)
    things.filing = filings.open_filing(
        user=world.writer,
        form=load_forms().forms["A.4"],
        year=YEAR,
        park=world.park,
        at=T + 7 * DAY,
    )
    things.feed = make_feed(user=world.head, at=T + 7 * DAY)
    return things


def _join(name, body, role="approver"):
    user = User.objects.create_user(name, last_name=f"Người {name}")
    Membership.objects.create(user=user, organisation=body, role=role)
    return user


def _evil(subject):
    return dict.fromkeys(made.words(subject), EVIL)


def _certified(world: World) -> Dossier:
    """The whole way, with a supplement, opinions, judgements and files of evil names."""
    dossier = open_dossier(user=world.writer, kind="issue", park=world.park, on=ON, year=YEAR, at=T)
    write_contents(user=world.writer, dossier=dossier, contents=_evil("park"), at=T + HOUR)
    papers.assemble_papers(user=world.writer, dossier=dossier, at=T + HOUR)
    papers.add_paper(
        user=world.signer, dossier=dossier, slot="letter",
        file_name="../../etc/\u202efdp.exe\r\nSet-Cookie: x=1<script>.pdf", content=PDF,
        at=T + 2 * HOUR,
    )  # fmt: skip
    take = lambda who, step, at, **more: steps.take_step(  # noqa: E731
        user=world.people[who], dossier=Dossier.objects.get(pk=dossier.pk), step=step, at=at, **more
    )
    take("signer", "submit", T + 3 * HOUR)
    take("judge", "accept", T + 4 * HOUR)
    asked = made.load_procedures().procedure(dossier.procedure).parties
    opinions.send_for_opinion(
        user=world.judge, dossier=dossier, at=T + 5 * HOUR,
        organisations=[world.bodies[one] for one in (*asked["consulted"], *asked["expert"])],
    )  # fmt: skip
    for opinion in dossier.opinions.all():
        who = world.people[opinion.authority]
        opinions.receive(user=who, opinion=opinion, at=T + DAY)
        papers.add_paper(
            user=who, dossier=dossier, slot="opinion", file_name="ý kiến.pdf", content=PDF,
            at=T + DAY, opinion=opinion,
        )  # fmt: skip
        opinions.answer(
            user=who, opinion=opinion, position="remarks", text=EVIL,
            positions={"PARK-1": {"position": "disagree", "remark": EVIL}}, at=T + DAY + HOUR,
        )  # fmt: skip
    take("judge", "evaluate", T + 2 * DAY)
    for row in dossier.snapshots.get(is_current=True).findings:
        evaluation.judge(
            user=world.judge,
            dossier=dossier,
            leaf=row["leaf"],
            met=True,
            reason=EVIL,
            at=T + 2 * DAY,
        )
    take("head", "report", T + 3 * DAY)
    take("head", "propose", T + 3 * DAY + HOUR)
    take("chair", "return_to_board", T + 3 * DAY + 2 * HOUR, reason=EVIL)
    take("head", "report", T + 4 * DAY)
    take("head", "propose", T + 5 * DAY)
    return take("chair", "issue", T + 6 * DAY)


def _keeping(things) -> None:
    """An inspection with an observation, a corrective action answered, an alert, a case."""
    world, at = things.world, T + 8 * DAY
    things.visit = inspections.plan_inspection(
        user=world.judge, park=world.park, purpose=EVIL, team=EVIL, planned_on=at.date(), at=at
    )
    inspections.hold_inspection(
        user=world.judge, inspection=things.visit, held_on=at.date(), at=at,
        files=[("..\\..\\bb\r\n.pdf", PDF)],
    )  # fmt: skip
    things.visit.refresh_from_db()
    observation = inspections.observe(
        user=world.judge, inspection=things.visit, severity="major", leaf="PARK-1", text=EVIL, at=at
    )
    things.action = corrective.require_action(
        user=world.judge, observation=observation, what=EVIL, due_on=(at + 20 * DAY).date(), at=at
    )
    corrective.answer_action(user=world.writer, action=things.action, text=EVIL, at=at)
    set_value(
        user=world.writer, park=world.park, year=YEAR, item="greenery_ha", value=1, at=at,
        source=EVIL[:200],
    )  # fmt: skip
    alerts.check_park(world.park, at=at)
    things.alert = things.certificate.alerts.get()
    things.case = cases.open_revocation(
        user=world.judge, certificate=things.certificate, letter="b", facts=EVIL, at=at,
        inspection=things.visit,
    )  # fmt: skip
