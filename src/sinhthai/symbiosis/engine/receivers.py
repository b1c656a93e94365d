"""Which kind of business could take a stream: known exchanges and rules, weighed together.

Where streams of needs are not listed, a facilitator still wants to know whom to call. Three kinds
of evidence speak for an activity: exchanges that happened elsewhere, as far as they are like this
one (same code, same donor, same words); the receivers named by the rules; and how often the
activity takes anything at all. The weights below are round numbers for what each kind of evidence
says; they are not fitted to any set of exchanges (``docs/explanation/match-quality.md``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.coding import Description, coder_of
from sinhthai.symbiosis.engine.links import CONFIDENCE
from sinhthai.symbiosis.engine.text import TextIndex, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sinhthai.symbiosis.engine.codes import Codes
    from sinhthai.symbiosis.engine.knowledge_model import Knowledge

# How much one exchange elsewhere says, by the digits its code or its donor shares with this one.
# Twice as much with every level of the list: the next level is about half as coarse.
CODE_WEIGHT: Mapping[int, float] = {6: 0.8, 4: 0.4, 2: 0.2}
DONOR_WEIGHT: Mapping[int, float] = {4: 0.3, 3: 0.2, 2: 0.1}
TEXT_WEIGHT = 0.6  # times the square of the likeness: half alike counts a quarter
RULE_WEIGHT = 3.0  # all rules together weigh like a handful of exchanges of the same code
PRIOR_WEIGHT = 1.0  # the share of all exchanges that went to the activity
DIVISION_WEIGHT = 0.3  # of what speaks for its division, spread over the classes in it


@dataclass(frozen=True, slots=True)
class Exchange:
    """An exchange that happened: what, by which code, from which activity to which.

    ``codes`` are digits of the European list; activities are NACE or ISIC digits (2 to 4).
    """

    stream: str
    codes: tuple[str, ...]
    donor: str
    receiver: str


class Receiver(NamedTuple):
    """An activity that may take the stream, what speaks for it, and how much each part does."""

    activity: str
    score: float
    from_exchanges: float
    from_rules: float


def rank_receivers(
    stream: str,
    codes: Sequence[str],
    donor: str,
    history: Sequence[Exchange],
    knowledge: Knowledge,
    waste_codes: Codes,
    activities: Sequence[str],
    *,
    also: Mapping[str, Sequence[str]] | None = None,
    use_text: bool = True,
) -> list[Receiver]:
    """Return *activities*, the likeliest receiver of *stream* first.

    Parameters
    ----------
    stream, codes, donor : name of the stream, digits of its codes, activity of who has it; each
        may be empty.
    history : exchanges known from elsewhere. Leave out those of the case that is judged.
    activities : the classes (or divisions) to rank, all of one length.
    also : activity -> its codes in the list the rules use (ISIC), where that differs.
    use_text : compare the words too, not only codes and activities.

    Ties keep the order of *activities*.
    """
    ranker = ReceiverRanker(history, knowledge, waste_codes, activities, also=also)
    return ranker.rank(stream, codes, donor, use_text=use_text)


class ReceiverRanker:
    """The evidence laid out once, for many streams."""

    def __init__(
        self,
        history: Sequence[Exchange],
        knowledge: Knowledge,
        waste_codes: Codes,
        activities: Sequence[str],
        *,
        also: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        import numpy as np

        self._knowledge = knowledge
        self._coder = coder_of(knowledge, waste_codes)
        self._activities = list(activities)
        self._digits = len(activities[0]) if activities else 0
        at = {activity: number for number, activity in enumerate(activities)}
        self._history = [one for one in history if one.receiver[: self._digits] in at]
        self._to = np.array([at[one.receiver[: self._digits]] for one in self._history], np.int64)
        self._index = TextIndex.of([" ".join(words(one.stream)) for one in self._history])
        self._names = [{activity, *(also or {}).get(activity, ())} for activity in self._activities]
        divisions = sorted({activity[:2] for activity in self._activities})
        self._division = np.array([divisions.index(a[:2]) for a in self._activities], np.int64)

    def rank(
        self, stream: str, codes: Sequence[str], donor: str, *, use_text: bool = True
    ) -> list[Receiver]:
        """See :func:`rank_receivers`."""
        import numpy as np

        if not self._activities:
            return []
        exchanges = self._from_exchanges(stream, codes, donor, use_text)
        rules = RULE_WEIGHT * self._from_rules(stream if use_text else "", codes)
        score = exchanges + rules
        if self._digits > 2:
            size = np.bincount(self._division)
            whole = np.bincount(self._division, weights=score)
            score = score + DIVISION_WEIGHT * (whole / size)[self._division]
        order = np.argsort(-score, kind="stable")
        return [
            Receiver(self._activities[at], float(score[at]), float(exchanges[at]), float(rules[at]))
            for at in order.tolist()
        ]

    def _from_exchanges(
        self, stream: str, codes: Sequence[str], donor: str, use_text: bool
    ) -> NDArray[np.float64]:
        import numpy as np

        found = np.zeros(len(self._activities))
        if not self._history:
            return found
        weight = np.array(
            [
                _shared(codes, one.codes, CODE_WEIGHT)
                + _shared((donor,), (one.donor,), DONOR_WEIGHT)
                for one in self._history
            ]
        )
        if use_text:
            likeness = self._index.likeness([" ".join(words(stream))])[0]
            weight = weight + TEXT_WEIGHT * likeness**2
        weight = weight + PRIOR_WEIGHT / len(self._history)
        np.add.at(found, self._to, weight)
        return found

    def _from_rules(self, stream: str, codes: Sequence[str]) -> NDArray[np.float64]:
        """Return what the rules say, shared among the activities each names; sums to 1 or 0."""
        import numpy as np

        found = np.zeros(len(self._activities))
        for receiver, likeness in self._named(stream, codes).items():
            wanted = receiver[: self._digits]
            fitting = [
                number
                for number, names in enumerate(self._names)
                if any(name.startswith(wanted) for name in names)
            ]
            for number in fitting:
                found[number] += likeness / len(fitting)
        total = found.sum()
        return found / total if total else found

    def _named(self, stream: str, codes: Sequence[str]) -> dict[str, float]:
        """Return receiver named by a rule -> how sure, over what the stream may be."""
        asked = [Description(stream, f"ewc:{code}") for code in codes] or [Description(stream)]
        named: dict[str, float] = {}
        for codings in self._coder.code(asked):
            for coding in codings:
                for rule in self._knowledge.by_offer.get(coding.material, ()):
                    sure = coding.likeness * CONFIDENCE[rule.confidence]
                    for receiver in rule.receivers:
                        named[receiver] = max(named.get(receiver, 0.0), sure)
        return named


def receiver_reason(receiver: Receiver) -> Text:
    """Return in words what speaks for an activity.

    >>> receiver_reason(Receiver("2351", 2.0, 0.4, 1.6)).en
    'mostly the rules (80 %)'
    """
    total = receiver.from_exchanges + receiver.from_rules
    if total <= 0:
        return Text("chưa có căn cứ riêng", "nothing speaks for it in particular")
    share = round(100 * receiver.from_rules / total)
    if share >= 50:
        return Text(f"chủ yếu do quy tắc ({share} %)", f"mostly the rules ({share} %)")
    return Text(
        f"chủ yếu do trao đổi đã có ({100 - share} %)",
        f"mostly exchanges elsewhere ({100 - share} %)",
    )


def _shared(mine: Sequence[str], theirs: Sequence[str], weights: Mapping[int, float]) -> float:
    """Return the weight of the most digits any code of one side shares with one of the other.

    >>> _shared(("100102",), ("100115",), CODE_WEIGHT)
    0.4
    """
    for digits, weight in weights.items():
        theirs_cut = {code[:digits] for code in theirs if len(code) >= digits}
        if any(len(code) >= digits and code[:digits] in theirs_cut for code in mine):
            return weight
    return 0.0
