"""Published exchanges as a test of ranking: reading them, and the baselines beside the engine.

The files are test data, never part of the project; whoever lacks them cannot judge.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sinhthai.symbiosis.engine.codes import load_codes
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.ranking_quality import Quality, quality_of_ranks, rank_of
from sinhthai.symbiosis.engine.receivers import Exchange, ReceiverRanker
from sinhthai.symbiosis.engine.text import TextIndex, words

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "tests-only"
SHIPMENTS = DATA / "us_tri_1987_shipments.csv.gz"
Judged = dict[str, Quality]


@dataclass(frozen=True)
class Row:
    """An exchange and the case it was published in."""

    case: str
    exchange: Exchange


Scorer = Callable[[Exchange], NDArray[np.float64]]
Ranker = Callable[[Sequence[Exchange], Sequence[str]], Scorer]


def read_coded() -> list[Row]:
    """The edition with a code on every row; rows whose receiver has four digits."""
    return _read(DATA / "maestri_exchanges_coded.csv", lambda row: row["exchange_id"].split(",")[0])


def read_original() -> list[Row]:
    """The original workbook: energy and water too, fewer codes."""
    return _read(DATA / "maestri_exchanges.csv", lambda row: row["case_id"])


def _read(path: Path, case_of: Callable[[dict[str, str]], str]) -> list[Row]:
    with path.open(encoding="utf-8") as file:
        return [
            Row(
                case_of(row),
                Exchange(
                    row["stream"],
                    tuple(re.findall(r"\d{6}", row["ewc"])),
                    next(iter(re.findall(r"\d{2,4}", row["donor_nace"])), ""),
                    row["receiver_nace"],
                ),
            )
            for row in csv.DictReader(file)
            if re.fullmatch(r"\d{4}", row["receiver_nace"])
        ]


@lru_cache(maxsize=1)
def isic_of_nace() -> Mapping[str, Sequence[str]]:
    """NACE class -> ISIC classes: the rules name receivers in ISIC."""
    found: dict[str, list[str]] = defaultdict(list)
    with (DATA / "isic4_nace2.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["nace2"]].append(row["isic4"])
    return found


def judge(rows: Sequence[Row], digits: int, rankers: Mapping[str, Ranker]) -> Judged:
    """Rank all receivers for every exchange, with the other cases as history."""
    activities = sorted({row.exchange.receiver[:digits] for row in rows})
    at = {activity: number for number, activity in enumerate(activities)}
    ranks: dict[str, list[float]] = {name: [] for name in rankers}
    cases: list[str] = []
    for case in sorted({row.case for row in rows}):
        history = [row.exchange for row in rows if row.case != case]
        scorers = {name: ranker(history, activities) for name, ranker in rankers.items()}
        for row in rows:
            if row.case != case:
                continue
            cases.append(case)
            right = at[row.exchange.receiver[:digits]]
            for name, scorer in scorers.items():
                ranks[name].append(rank_of(scorer(row.exchange), right))
    return {name: quality_of_ranks(found, cases) for name, found in ranks.items()}


def _counts(history: Sequence[Exchange], activities: Sequence[str]) -> NDArray[np.float64]:
    digits = len(activities[0])
    found = np.zeros(len(activities))
    at = {activity: number for number, activity in enumerate(activities)}
    for one in history:
        found[at[one.receiver[:digits]]] += 1
    return found


def _random(history: Sequence[Exchange], activities: Sequence[str]) -> Scorer:
    draw = np.random.default_rng(1987)
    return lambda _: draw.random(len(activities))


def _popularity(history: Sequence[Exchange], activities: Sequence[str]) -> Scorer:
    counts = _counts(history, activities)
    return lambda _: counts


def _backing_off(key: Callable[[Exchange, int], set[str]], levels: Sequence[int]) -> Ranker:
    """Receivers of the exchanges that share a key, the finest level there is; then popularity."""

    def ranker(history: Sequence[Exchange], activities: Sequence[str]) -> Scorer:
        popular = _counts(history, activities) / 1e3

        def score(asked: Exchange) -> NDArray[np.float64]:
            for level in levels:
                wanted = key(asked, level)
                same = [one for one in history if wanted & key(one, level)]
                if same:
                    return _counts(same, activities) + popular / 1e3
            return popular

        return score

    return ranker


def _donor(one: Exchange, digits: int) -> set[str]:
    return {one.donor[:digits]} if len(one.donor) >= digits else set()


def _code(one: Exchange, digits: int) -> set[str]:
    return {code[:digits] for code in one.codes}


def _text_only(history: Sequence[Exchange], activities: Sequence[str]) -> Scorer:
    index = TextIndex.of([" ".join(words(one.stream)) for one in history])
    popular = _counts(history, activities) / 1e6
    at = {activity: number for number, activity in enumerate(activities)}
    to = np.array([at[one.receiver[: len(activities[0])]] for one in history])

    def score(asked: Exchange) -> NDArray[np.float64]:
        found = popular.copy()
        np.maximum.at(found, to, index.likeness([" ".join(words(asked.stream))])[0])
        return found + popular

    return score


def _engine(*, use_text: bool) -> Ranker:
    knowledge, codes, also = load_knowledge(), load_codes(), isic_of_nace()

    def ranker(history: Sequence[Exchange], activities: Sequence[str]) -> Scorer:
        made = ReceiverRanker(history, knowledge, codes, activities, also=also)
        at = {activity: number for number, activity in enumerate(activities)}

        def score(asked: Exchange) -> NDArray[np.float64]:
            found = np.zeros(len(activities))
            for one in made.rank(asked.stream, asked.codes, asked.donor, use_text=use_text):
                found[at[one.activity]] = one.score
            return found

        return score

    return ranker


def _engine_without_text(history: Sequence[Exchange], activities: Sequence[str]) -> Scorer:
    return _engine(use_text=False)(history, activities)


def _engine_with_text(history: Sequence[Exchange], activities: Sequence[str]) -> Scorer:
    return _engine(use_text=True)(history, activities)


RANKERS: Mapping[str, Ranker] = {
    "random": _random,
    "popularity": _popularity,
    "same NACE pair elsewhere": _backing_off(_donor, (4, 2)),
    "same code elsewhere": _backing_off(_code, (6, 4, 2)),
    "text only": _text_only,
    "engine, without text": _engine_without_text,
    "engine": _engine_with_text,
}


def tri_hits() -> list[tuple[str, tuple[float, float, float], int]]:
    """Rank the facilities that take shipments, for each (sender, chemical, purpose).

    The sender's own shipments are left out of the history of the one it is judged on.
    """
    links = _shipments()
    found = []
    for name, gravity in (("nearest of any kind", False), ("gravity score", True)):
        hits = _tri_ranks(links, gravity)
        found.append((name, tuple(float((hits <= k).mean()) for k in (1, 5, 10)), hits.size))
    return found


@dataclass(frozen=True)
class _Links:
    sender: NDArray[np.int64]
    chemical: NDArray[np.int64]
    purpose: NDArray[np.int64]
    receiver: NDArray[np.int64]
    sender_at: NDArray[np.float64]
    receiver_at: NDArray[np.float64]


def _shipments() -> _Links:
    with gzip.open(SHIPMENTS, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    senders = _numbers([row["SENDER FRS ID"] for row in rows])
    receivers = _numbers([row["RECEIVER FRS ID"] for row in rows])
    places = [np.zeros((codes.max() + 1, 2)) for codes in (senders, receivers)]
    for at, row in enumerate(rows):
        places[0][senders[at]] = float(row["SENDER LATITUDE"]), float(row["SENDER LONGITUDE"])
        places[1][receivers[at]] = float(row["RECEIVER LATITUDE"]), float(row["RECEIVER LONGITUDE"])
    return _Links(
        senders,
        _numbers([row["SRS INTERNAL TRACKING NUMBER"] for row in rows]),
        _numbers([row["FOR WHAT IS TRANSFERRED"] for row in rows]),
        receivers,
        *places,
    )


def _numbers(values: Sequence[str]) -> NDArray[np.int64]:
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def _tri_ranks(links: _Links, gravity: bool) -> NDArray[np.float64]:
    receivers = links.receiver_at.shape[0]
    of_kind: dict[tuple[int, int], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    of_purpose: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    asked: dict[tuple[int, int, int], set[int]] = defaultdict(set)
    for sender, chemical, purpose, receiver in zip(
        links.sender, links.chemical, links.purpose, links.receiver, strict=True
    ):
        of_kind[chemical, purpose][receiver].add(sender)
        of_purpose[purpose][receiver].add(sender)
        asked[sender, chemical, purpose].add(receiver)
    ranks = []
    for (sender, chemical, purpose), right in asked.items():
        distance = _km(links.sender_at[sender], links.receiver_at)
        if gravity:
            weight = np.zeros(receivers)
            for receiver, givers in of_kind[chemical, purpose].items():
                weight[receiver] += 3 * (len(givers) - (sender in givers))
            for receiver, givers in of_purpose[purpose].items():
                weight[receiver] += len(givers) - (sender in givers)
            score = weight / (distance + 20) ** 1.5
        else:
            score = -distance
        best = max(score[receiver] for receiver in right)
        ranks.append(1 + (score > best).sum())
    return np.array(ranks, np.float64)


def _km(point: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    lat1, lon1 = np.radians(point)
    lat2, lon2 = np.radians(others).T
    half = (
        np.sin((lat2 - lat1) / 2) ** 2
        + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    )
    distance: NDArray[np.float64] = 12742.0 * np.arcsin(np.sqrt(half))
    return distance
