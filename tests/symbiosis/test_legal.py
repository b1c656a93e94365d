"""Legal paths: cases a lawyer can read, and properties that hold for every stream."""

from __future__ import annotations

import datetime as dt
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from sinhthai.rules.waste_law import FACTS, MEDIA, USES, load_waste_law
from sinhthai.symbiosis.engine.legal import LegalPath, UnknownLegalTerm, legal_path

LAW = load_waste_law()
TODAY = dt.date(2026, 11, 1)
NOTHING: dict[str, Any] = dict.fromkeys(FACTS)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Expected(_Strict):
    id: str
    status: str
    verified: bool | None = None


class Case(_Strict):
    name: str
    day: str
    given: dict[str, str | bool]
    expected: Expected
    asks: list[str] = []
    asks_not: list[str] = []
    unknown: list[str] = []
    because: str = Field(min_length=5)


def read_cases() -> list[Case]:
    text = (Path(__file__).parent / "legal_cases.yaml").read_text(encoding="utf-8")
    return [Case.model_validate(row) for row in yaml.safe_load(text)["cases"]]


CASES = read_cases()


def path_of(case: Case) -> LegalPath:
    return legal_path(LAW, dt.date.fromisoformat(case.day), **(NOTHING | case.given))


def clauses_of(path: LegalPath) -> set[str]:
    return {paper.clause for paper in LAW.papers if paper.title in path.papers}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_law_says_what_the_case_expects(case: Case) -> None:
    path = path_of(case)
    assert (path.id, path.status) == (case.expected.id, case.expected.status), case.because
    if case.expected.verified is not None:
        assert path.verified is case.expected.verified
    assert set(case.asks) <= clauses_of(path)
    assert not set(case.asks_not) & clauses_of(path)
    assert list(path.unknown) == case.unknown
    assert path.clause
    assert path.title.vi
    assert path.why.en


def test_every_clause_a_case_names_is_one_of_the_law() -> None:
    known = {paper.clause for paper in LAW.papers}
    named = {clause for case in CASES for clause in (*case.asks, *case.asks_not)}
    assert named <= known


def test_cases_have_different_names() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_rule_and_question_was_seen() -> None:
    seen = {(path_of(case).id, path_of(case).verified) for case in CASES}
    ids = {rule.id for rule in LAW.rules} | {question.id for question in LAW.questions}
    assert ids <= {id for id, _ in seen}


def test_every_change_of_the_law_has_a_case_before_on_and_after_it() -> None:
    days = {dt.date.fromisoformat(case.day) for case in CASES}
    for day in LAW.days:
        for shift in (-1, 0, 1):
            assert day + dt.timedelta(shift) in days, f"no case on {day + dt.timedelta(shift)}"


KNOWN = {
    "hazard": ("NH", "TT", "TT-R"),
    "group": ("a", "b", "c"),
    "is_sorted": (True, False),
    "same_park": (True, False),
    "receiver_licensed": (True, False),
}
facts = st.fixed_dictionaries(
    {
        "medium": st.sampled_from(MEDIA),
        "use": st.sampled_from(USES),
        "hazard": st.sampled_from((None, "KS", "NH", "TT", "TT-R")),
        **{name: st.sampled_from((None, *KNOWN[name])) for name in KNOWN if name != "hazard"},
    }
)
days = st.dates(dt.date(2022, 1, 10), dt.date(2030, 1, 1))


@settings(max_examples=400, deadline=None)
@given(facts, days)
def test_a_decided_answer_stays_when_the_unknown_becomes_known(
    stream: dict[str, Any], day: dt.date
) -> None:
    """Whatever the open facts turn out to be, a decided path was right, unless it presumed."""
    path = legal_path(LAW, day, **stream)
    presumed = {one.fact for one in LAW.presumptions}
    open_facts = [
        name
        for name in KNOWN
        if stream[name] in (None, "KS") and not (name in presumed and stream[name] is None)
    ]
    for values in product(*(KNOWN[name] for name in open_facts)):
        known = legal_path(LAW, day, **{**stream, **dict(zip(open_facts, values, strict=True))})
        if path.status != "undetermined":
            assert known.status == path.status
        elif path.outcomes:
            assert set(known.outcomes) <= set(path.outcomes)


@settings(max_examples=400, deadline=None)
@given(facts, days)
def test_no_silent_yes(stream: dict[str, Any], day: dt.date) -> None:
    path = legal_path(LAW, day, **stream)
    solid = stream["medium"] in ("solid", "sludge")
    if stream["hazard"] == "KS" and stream["medium"] != "heat":
        assert path.status in ("undetermined", "forbidden")
    if solid and stream["hazard"] is None:
        assert path.status in ("undetermined", "forbidden")
    if solid and stream["is_sorted"] is not True:
        assert path.status not in ("goods", "conditional")
    if stream["hazard"] == "NH" and stream["medium"] != "heat":
        assert path.status in ("permitted", "forbidden", "undetermined")
        assert (path.status == "permitted") is (stream["receiver_licensed"] is True)


@settings(max_examples=300, deadline=None)
@given(facts, days)
def test_an_open_answer_names_what_to_find_out_and_a_decided_one_asks_nothing(
    stream: dict[str, Any], day: dt.date
) -> None:
    path = legal_path(LAW, day, **stream)
    assert path.clause
    assert path.title.vi
    assert path.title.en
    if path.status == "undetermined" and not path.id.endswith("-other-use"):
        assert path.unknown
        assert len(path.outcomes) > 1
    else:
        assert path.unknown == ()
    # What is asked about is something the caller left open.
    assert all(stream[name] in (None, "KS") for name in path.unknown)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"medium": "plasma"}, "no such medium: 'plasma'"),
        ({"use": "landfill"}, "no such use: 'landfill'"),
        ({"hazard": "XX"}, "no such hazard: 'XX'"),
        ({"group": "d"}, "no such group: 'd'"),
    ],
)
def test_a_word_the_law_does_not_know_is_refused(wrong: dict[str, Any], says: str) -> None:
    stream = {"medium": "solid", "use": "fuel", **NOTHING}
    with pytest.raises(UnknownLegalTerm, match=says):
        legal_path(LAW, TODAY, **{**stream, **wrong})


def test_a_path_that_several_rules_forbid_names_them_all() -> None:
    path = legal_path(
        LAW,
        TODAY,
        **{**NOTHING, "medium": "solid", "use": "fuel", "receiver_licensed": False, "group": "c"},
    )
    assert path.outcomes == ("hazardous-forbidden", "ordinary-forbidden")
    assert "LEP 83.1.c" in path.clause
    assert "LEP 81.1.c" in path.clause
