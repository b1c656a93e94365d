"""The way of a procedure, the lines of a timeline, the words of a clock."""

import datetime as dt

import pytest
from django.urls import NoReverseMatch, reverse

from sinhthai.certification.engine.clocks import Clock
from sinhthai.certification.models import Event
from sinhthai.certification.readers.clock_rows import ClockRow
from sinhthai.certification.readers.dossier import CASE_PAGE, page_of
from sinhthai.certification.readers.papers_shown import Sight
from sinhthai.certification.readers.timeline import EVENT_NAMES, SOMETHING, moments
from sinhthai.certification.readers.track import straight_way, track_of
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures_loading import load_procedures

from .conftest import AT

APPLICANT = {"applicant": "editor"}
PARK = load_procedures().procedure("vn-eip-issue-d35")


def sight(parties, *, overseer=False, shown=False):
    return Sight(parties, overseer, (), shown, frozenset())


def event(seq, kind, **more):
    given = {"at": AT, "actor_name": "Người A", "detail": {}} | more
    return Event(seq=seq, kind=kind, **given)


def test_the_way_of_a_park_leads_through_the_opinions_to_the_certificate():
    assert straight_way(PARK) == [
        "draft", "submitted", "accepted", "consulting", "evaluating", "reported", "proposed",
        "certified",
    ]  # fmt: skip


def test_the_board_certifies_an_enterprise_without_the_committee():
    way = straight_way(load_procedures().procedure("vn-eco-issue-d35"))
    assert "proposed" not in way and way[-1] == "certified"


def test_a_dossier_beside_the_way_is_at_the_last_state_it_passed():
    events = [
        event(1, "step.submit", before="draft", after="submitted"),
        event(2, "step.ask_supplement", before="submitted", after="supplement"),
    ]
    stops = track_of(PARK, "supplement", events)
    assert [stop.state.id for stop in stops if stop.here] == ["submitted"]
    assert [stop.state.id for stop in stops if stop.passed] == ["draft"]


def test_every_step_of_every_procedure_has_a_page():
    wrong = []
    for procedure in load_procedures().procedures:
        for step in procedure.steps:
            name = page_of(procedure, step)
            try:
                reverse(name, args=["abc"])
            except NoReverseMatch:
                wrong.append(f"{procedure.id}: {step.id} leads to {name}")
            if name == CASE_PAGE and procedure.kind in ("issue", "recertify"):
                wrong.append(f"{procedure.id}: {step.id} has no page of its own")
    assert wrong == []


def test_papers_assembled_in_one_go_are_one_line():
    slots = ("letter", "operation", "assessment")
    made = [event(n, "paper.assemble", detail={"slot": slot}) for n, slot in enumerate(slots)]
    [line] = moments(PARK, made, sight(APPLICANT))
    assert line.what.en.count(";") == 2


def test_what_authorities_do_among_themselves_is_not_on_the_applicants_timeline():
    happened = [
        event(1, "step.submit"),
        event(2, "judgement", reason="Chưa đủ"),
        event(3, "override"),
        event(4, "opinion.answer", reason="Không đồng ý"),
        event(5, "paper.assemble", detail={"slot": "evaluation_report", "party": "receiver"}),
    ]
    mine = moments(PARK, happened, sight(APPLICANT))
    assert [line.step for line in mine] == ["submit"]
    assert len(moments(PARK, happened, sight({"receiver": "editor"}, overseer=True))) == 5
    later = moments(PARK, happened, sight(APPLICANT, shown=True))
    assert "A body gave its opinion" in {line.what.en for line in later}


def test_the_reason_of_a_step_reaches_the_applicant_only_if_it_is_meant_for_them():
    back = event(1, "step.return_to_board", reason="Giữa hai cơ quan", actor_name="Ông B")
    told = event(2, "step.notify", reason="Chưa đạt 37.3", actor_name="Ông B")
    lines = {line.step: line for line in moments(PARK, [back, told], sight(APPLICANT))}
    assert lines["return_to_board"].reason == "" and lines["notify"].reason == "Chưa đạt 37.3"
    assert {line.person for line in lines.values()} == {""}


def test_every_kind_of_event_has_words_of_its_own():
    assert SOMETHING not in EVENT_NAMES.values()
    [line] = moments(PARK, [event(1, "certificate.issue")], sight({}, overseer=True))
    assert line.what == EVENT_NAMES["certificate.issue"]


@pytest.mark.parametrize(
    ("left", "more", "said"),
    [
        (4, {}, "4 working days left"),
        (1, {}, "1 working day left"),
        (0, {}, "Due today"),
        (-2, {"is_late": True}, "2 working days late"),
        (None, {"stopped_on": dt.date(2026, 5, 6)}, "Done"),
        (None, {"stopped_on": dt.date(2026, 5, 9), "is_late": True}, "Done, late"),
        (3, {"is_paused": True}, "Stands still"),
        (None, {"due_on": None}, "No limit set"),
    ],
)
def test_a_clock_says_what_is_left(left, more, said):
    given = {
        "id": "evaluate", "rule": PARK.clock("evaluate"), "started_on": dt.date(2026, 5, 4),
        "due_on": dt.date(2026, 5, 8), "stopped_on": None, "paused_days": 0, "is_paused": False,
        "working_days_left": left, "is_late": False, "problem": None,
    } | more  # fmt: skip
    assert ClockRow(Clock(**given), Text("", "")).left.en == said
