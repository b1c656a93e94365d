"""The Management Board's page: what falls due in a year, what was filed, who is late."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from sinhthai.certification.engine.clocks import Calendar
from sinhthai.certification.models import Certificate
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.search import search_words
from sinhthai.registry.models import Province
from sinhthai.rules.procedures import Obligation
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.supervision.engine.obligations import Occurrence, occurrences
from sinhthai.supervision.models import BoardReport, Filing

FORMS = {False: ("A.4", "A.5"), True: ("B.4", "B.5")}  # by whether an enterprise files
OUT = (Filing.State.SENT, Filing.State.RECEIVED)
_BOARD_EVERY = ("quarter", "year")
# Parties of obligations that are no authority of a procedure.
_PARTIES = {
    "investor": Text("nhà đầu tư hạ tầng", "infrastructure investor"),
    "enterprise": Text("doanh nghiệp", "enterprise"),
    "statistics_office": Text("cơ quan thống kê", "statistics office"),
    "labour_agency": Text("cơ quan quản lý lao động", "labour agency"),
    "social_insurance": Text("cơ quan bảo hiểm xã hội", "social insurance"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """A line of the calendar. ``kept``: forms, board or elsewhere (nothing of it is here).

    ``owed``, ``sent`` and ``late`` count the filers of a form; ``report`` is the Board's own.
    """

    occurrence: Occurrence
    party: Text
    to: Text
    kept: str
    owed: int = 0
    sent: int = 0
    late: bool = False
    report: BoardReport | None = None
    has_file: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder of a certificate, with its two forms of the year."""

    certificate: Certificate
    name: str
    filings: tuple[tuple[str, Filing | None, dt.date | None], ...]  # form, filing, due


def filings_of(province: str, year: int) -> list[Filing]:
    """Return the forms of report year *year* of a province, without what they say; one query."""
    rows = Filing.objects.filter(park__province_now__code=province, year=year)
    return list(rows.defer("values", "words", "asked"))


def board_calendar(
    province: str, year: int, kept: Collection[Filing], *, today: dt.date
) -> list[Due]:
    """Return what falls due in *year* for the parks of *province*, with what was filed (*kept*)."""
    rules = load_procedures()
    found = occurrences(rules.obligations, year, Calendar(rules.holidays))
    owed = _owed(province, year - 1)
    sent = Counter(one.form for one in kept if one.state in OUT)
    reports: dict[str, BoardReport] = {}
    for report in BoardReport.objects.filter(province=province).order_by("id"):
        reports[report.period] = report
    return [_due(one, owed, sent, reports, today) for one in found]


def holders(province: str, words: str = "") -> QuerySet[Certificate]:
    """Return the certificates in force whose holders file, in order of name."""
    rows = (
        Certificate.objects.filter(
            park__province_now__code=province,
            state__in=(Certificate.State.VALID, Certificate.State.SUSPENDED),
        )
        .select_related("park", "enterprise")
        .defer("credential")
        .annotate(name=Coalesce("enterprise__name_vi", "park__name_vi"))
    )
    for word in search_words(words):
        rows = rows.filter(
            Q(enterprise__search__contains=word) | Q(enterprise=None, park__search__contains=word)
        )
    return rows.order_by("name", "id")


def holder_rows(
    rows: Collection[Certificate], kept: Collection[Filing], calendar: Collection[Due]
) -> list[Holder]:
    """Return the holders with the state of their forms among *kept*, and the day of each."""
    by_filer = {(one.park_id, one.enterprise_id, one.form): one for one in kept}
    days = {row.occurrence.obligation.form: row.occurrence.due_on for row in calendar}
    made = []
    for row in rows:
        who = (row.park_id, row.enterprise_id)
        filings = tuple(
            (form, by_filer.get((*who, form)), days.get(form))
            for form in FORMS[row.enterprise_id is not None]
        )
        made.append(Holder(row, (row.enterprise or row.park).name_vi, filings))
    return made


def provinces_named(codes: Collection[str] | None) -> list[Province]:
    """Return the provinces of today with these codes (None: those that have a park)."""
    rows = Province.objects.filter(valid_until=None)
    if codes is None:
        rows = rows.filter(parks_now__isnull=False).distinct()
    else:
        rows = rows.filter(code__in=list(codes))
    return list(rows.order_by("name"))


def _owed(province: str, year: int) -> Mapping[bool, int]:
    """Return how many parks (False) and enterprises (True) held a certificate in *year*."""
    rows = Certificate.objects.filter(
        park__province_now__code=province,
        issued_on__lte=dt.date(year, 12, 31),
        state__in=(Certificate.State.VALID, Certificate.State.SUSPENDED),
    ).values_list("park", "enterprise")
    of_enterprises = [enterprise is not None for _park, enterprise in set(rows)]
    return {True: sum(of_enterprises), False: len(of_enterprises) - sum(of_enterprises)}


def _due(
    one: Occurrence,
    owed: Mapping[bool, int],
    sent: Mapping[str, int],
    reports: Mapping[str, BoardReport],
    today: dt.date,
) -> Due:
    obligation: Obligation = one.obligation
    party, to = _named(obligation.party, today), _named(obligation.to, today)
    past = one.due_on is not None and one.due_on < today
    if obligation.certified_only and obligation.form:
        count = owed[obligation.party == "enterprise"]
        done = sent.get(obligation.form, 0)
        return Due(one, party, to, "forms", count, done, late=past and done < count)
    if obligation.party == "management_board":
        report = reports.get(one.period.code)
        has_file = obligation.every in _BOARD_EVERY and one.period.last < today
        return Due(
            one, party, to, "board", late=past and report is None, report=report, has_file=has_file
        )
    return Due(one, party, to, "elsewhere")


def _named(ids: str, today: dt.date) -> Text:
    """Return the bodies of a list of ids, by their names of today."""
    authorities = load_procedures().authorities
    names = [
        authorities[one].name_on(today) if one in authorities else _PARTIES.get(one, Text(one, one))
        for one in ids.split(", ")
    ]
    return Text(", ".join(name.vi for name in names), ", ".join(name.en for name in names))
