"""The legal path of a stream: what the law says of handing it over for a use, on a day.

The law is a decision table in which exactly one rule holds once every fact is known
(:mod:`sinhthai.rules.waste_law`). Facts that are not known are tried with every value they may
have. Where all of them lead to one rule, that rule is the answer; where they lead to several, the
answer is *undetermined* and says what must be found out. An unknown fact is never taken for a yes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from sinhthai.foundation.text import Text
from sinhthai.rules.waste_law import (
    FACTS,
    MEDIA,
    USES,
    Group,
    LegalStatus,
    Medium,
    Presumption,
    Question,
    Symbol,
    Use,
    Value,
    WasteLaw,
    WasteRule,
)
from sinhthai.rules.waste_law_wording import cite

LEGAL_NAMES: Mapping[str, Text] = {
    "goods": Text("như hàng hóa", "as goods"),
    "permitted": Text("được phép", "permitted"),
    "conditional": Text("có điều kiện", "with conditions"),
    "forbidden": Text("bị cấm", "forbidden"),
    "undetermined": Text("chưa xác định", "undetermined"),
}
"""Status of a legal path -> how it is said to people."""

_Facts = dict[str, Value]


@dataclass(frozen=True, slots=True)
class LegalPath:
    """What the law says of one stream, one use and one day.

    Parameters
    ----------
    id : of the rule, or of the first question that must be answered.
    status : ``goods`` like any product; ``permitted`` with the papers named; ``conditional`` once
        the conditions named are met; ``forbidden``; ``undetermined`` until ``unknown`` is known.
    clause : where the law says so, short (``D08 65.1``); ``cited`` says it as a lawyer would.
    papers : what is asked for on that day.
    why : the rule in a sentence or two; of an undetermined path what to find out and what follows.
    verified : whether the clause itself was read, and nothing unverified was presumed.
    unknown : the facts on which the answer turns (``hazard``, ``group``, ``is_sorted`` …).
    outcomes : the rules it may come to; the rule itself where it is decided.
    """

    id: str
    status: LegalStatus
    clause: str
    title: Text
    papers: tuple[Text, ...]
    why: Text
    verified: bool
    source: str
    cited: Text
    unknown: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


class UnknownLegalTerm(ValueError):
    """A medium, use, symbol or group the law does not know."""


@lru_cache(maxsize=65_536)
def legal_path(
    law: WasteLaw,
    day: dt.date,
    *,
    medium: Medium,
    hazard: Symbol | None,
    group: Group | None,
    is_sorted: bool | None,
    use: Use,
    same_park: bool | None,
    receiver_licensed: bool | None,
) -> LegalPath:
    """Return what *law* says on *day* of handing a stream over for *use*.

    Parameters
    ----------
    hazard : NH hazardous, KS to be tested, TT ordinary, TT-R ordinary and re-usable; None if not
        known. KS is as open as None, but asks for a test.
    group : of ordinary industrial waste (a, b, c); None if not known.
    is_sorted : sorted at source and free of hazardous waste; None if not known.
    same_park : giver and receiver in one park; None if not known.
    receiver_licensed : the receiver's environmental permit covers this waste; None if not known.

    Raises
    ------
    UnknownLegalTerm
        If a word is none of those of :mod:`sinhthai.rules.waste_law`.

    Examples
    --------
    >>> from sinhthai.rules.waste_law import load_waste_law
    >>> def path(**facts):
    ...     given = dict(medium="solid", hazard="TT", group="a", is_sorted=True,
    ...                  use="raw_material", same_park=None, receiver_licensed=None)
    ...     return legal_path(load_waste_law(), dt.date(2026, 11, 1), **given | facts)
    >>> path().status, path().clause
    ('goods', 'D08 65.1, 66.2; LEP 81.1.a')
    >>> path(is_sorted=None).status, path(is_sorted=None).unknown
    ('undetermined', ('is_sorted', 'receiver_licensed'))
    >>> path(hazard="NH", receiver_licensed=False).status
    'forbidden'
    """
    stated: dict[str, Value | None] = {
        "hazard": hazard,
        "is_sorted": is_sorted,
        "group": group,
        "receiver_licensed": receiver_licensed,
        "same_park": same_park,
    }
    _refuse_unknown_words(medium, use, stated)
    if day < law.valid_from:
        return _outside(law)
    rules = tuple(r for r in law.rules_on(day) if medium in r.media and use in r.uses)
    tried = [
        (facts, taken, next(rule for rule in rules if rule.holds(medium, use, facts)))
        for facts, taken in _completions(law, rules, medium, stated)
    ]
    reached = list(dict.fromkeys(rule for _, _, rule in tried))
    taken = list(dict.fromkeys(one for _, ones, _ in tried for one in ones))
    if len(reached) == 1:
        return _decided(law, day, reached, taken)
    if all(rule.status == "forbidden" for rule in reached):
        return _decided(law, day, reached, taken)
    turning = _turning([(facts, rule.id) for facts, _, rule in tried])
    return _open(law, day, stated, turning, reached)


def _refuse_unknown_words(medium: str, use: str, stated: Mapping[str, Value | None]) -> None:
    if medium not in MEDIA:
        raise UnknownLegalTerm(f"no such medium: {medium!r}; one of {', '.join(MEDIA)}")
    if use not in USES:
        raise UnknownLegalTerm(f"no such use: {use!r}; one of {', '.join(USES)}")
    for fact, value in stated.items():
        known = (*FACTS[fact], "KS") if fact == "hazard" else FACTS[fact]
        if value is not None and value not in known:
            raise UnknownLegalTerm(
                f"no such {fact}: {value!r}; one of {', '.join(map(str, known))}"
            )


def _completions(
    law: WasteLaw,
    rules: Sequence[WasteRule],
    medium: str,
    stated: Mapping[str, Value | None],
) -> Iterator[tuple[_Facts, tuple[Presumption, ...]]]:
    """Yield the stated facts with every value of those not stated, and what was presumed for it.

    A fact no candidate rule asks about gets any value: it cannot matter.
    """
    asked = frozenset[str]().union(*(rule.facts for rule in rules))
    open_facts = [fact for fact, value in stated.items() if value in (None, "KS") and fact in asked]
    known: _Facts = {
        fact: FACTS[fact][0] if value is None or value == "KS" else value
        for fact, value in stated.items()
    }
    for values in product(*(FACTS[fact] for fact in open_facts)):
        facts = known | dict(zip(open_facts, values, strict=True))
        taken = [
            (fact, presumption)
            for fact in open_facts
            if stated[fact] is None  # KS was stated: it must be tested, not presumed
            for presumption in law.presumptions
            if presumption.fact == fact and presumption.applies(medium, facts)
        ]
        if all(facts[fact] == presumption.value for fact, presumption in taken):
            yield facts, tuple(presumption for _, presumption in taken)


def _turning(tried: Sequence[tuple[_Facts, str]]) -> tuple[str, ...]:
    """Return the facts whose value, all others held, decides between rules."""
    return tuple(
        fact
        for fact in FACTS
        if any(
            one != other and all(first[name] == second[name] for name in FACTS if name != fact)
            for number, (first, one) in enumerate(tried)
            for second, other in tried[number + 1 :]
        )
    )


def _decided(
    law: WasteLaw, day: dt.date, rules: Sequence[WasteRule], taken: Sequence[Presumption]
) -> LegalPath:
    """Return the path of one rule, or of several that all forbid."""
    first = rules[0]
    clause = "; ".join(dict.fromkeys(rule.clause for rule in rules))
    notes = [*(rule.why for rule in rules), *(one.why for one in taken)]
    ids = tuple(dict.fromkeys(paper for rule in rules for paper in rule.papers))
    return LegalPath(
        first.id,
        first.status,
        clause,
        first.title,
        tuple(paper.title for paper in law.papers_on(day, ids)),
        Text(" ".join(note.vi for note in notes), " ".join(note.en for note in notes)),
        all(rule.verified for rule in rules) and all(one.verified for one in taken),
        "; ".join(dict.fromkeys(rule.source for rule in rules)),
        cite(clause, law.instruments),
        outcomes=tuple(rule.id for rule in rules),
    )


def _open(
    law: WasteLaw,
    day: dt.date,
    stated: Mapping[str, Value | None],
    turning: Sequence[str],
    reached: Sequence[WasteRule],
) -> LegalPath:
    """Return the path that asks what must be found out, and says what it may then come to."""
    asked = _questions(law, stated, turning)
    first = asked[0]
    clause = "; ".join(dict.fromkeys(question.clause for question in asked))
    ids = tuple(dict.fromkeys(paper for question in asked for paper in question.papers))
    ends = [rule.title for rule in reached]
    why = Text(
        f"{' '.join(one.why.vi for one in asked)} Có thể là: {'; '.join(end.vi for end in ends)}.",
        f"{' '.join(one.why.en for one in asked)} It may be: {'; '.join(end.en for end in ends)}.",
    )
    return LegalPath(
        first.id,
        "undetermined",
        clause,
        first.title,
        tuple(paper.title for paper in law.papers_on(day, ids)),
        why,
        all(question.verified for question in asked),
        "; ".join(dict.fromkeys(question.source for question in asked)),
        cite(clause, law.instruments),
        unknown=tuple(turning),
        outcomes=tuple(rule.id for rule in reached),
    )


def _questions(
    law: WasteLaw, stated: Mapping[str, Value | None], turning: Sequence[str]
) -> list[Question]:
    """Return the question for each fact, in the order of the law's questions."""
    found: dict[str, Question] = {}
    for question in law.questions:
        fits = not question.given or stated[question.fact] in question.given
        if question.fact in turning and fits and question.fact not in found:
            found[question.fact] = question
    return list(found.values())


def _outside(law: WasteLaw) -> LegalPath:
    """Return what is said of a day before the first the law covers."""
    said = law.outside
    return LegalPath(
        "before-the-law",
        "undetermined",
        said.clause,
        said.title,
        (),
        said.why,
        False,
        "",
        cite(said.clause, law.instruments),
    )
