"""Figures computed elsewhere enter a report together, or not at all."""

import datetime as dt

import pytest
from tests.reporting.conftest import NOW, YEAR, later

from sinhthai.accounts.models import AuditEntry
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.reporting.actions import Computed, record_values
from sinhthai.reporting.models import Record, Report
from sinhthai.reporting.standing import standing

pytestmark = pytest.mark.django_db
WHAT = Text("thử nghiệm", "a test")


def record(user, park, values, at=NOW):
    return record_values(user=user, park=park, year=YEAR, values=values, what=WHAT, at=at)


def test_figures_of_park_and_enterprise_stand_with_their_source(park, dairy, owner):
    record(
        owner,
        park,
        [
            Computed("symbiosis_count", 2, source="exchanges 1, 2"),
            Computed("symbiosis_co2_cut_t", 12.5, "at_least", source="exchange 1"),
            Computed("in_symbiosis", True, enterprise=dairy, source="exchange 1"),
        ],
    )
    known = standing(park, YEAR)
    assert known[""]["symbiosis_count"].value == 2
    assert known[""]["symbiosis_count"].origin.source == "exchanges 1, 2"
    assert known[""]["symbiosis_co2_cut_t"].content == (12.5, "", "at_least")
    assert known[dairy.code]["in_symbiosis"].value is True
    assert AuditEntry.objects.get(action="reporting.record_values").summary_en == (
        f"Recorded 3 figures of {YEAR} from a test."
    )


def test_what_stands_is_not_written_twice(park, owner):
    record(owner, park, [Computed("symbiosis_count", 2)])
    record(owner, park, [Computed("symbiosis_count", 2), Computed("symbiosis_type_a", 1)])
    assert [row.values for row in Record.objects.order_by("pk")] == [
        {"symbiosis_count": 2.0},
        {"symbiosis_type_a": 1.0},
    ]
    with pytest.raises(InputError, match="already stands"):
        record(owner, park, [Computed("symbiosis_count", 2)])


def test_one_figure_that_does_not_fit_stops_all(park, dairy, owner):
    for wrong in (
        Computed("no_such_item", 1),
        Computed("symbiosis_count", 1.5),
        Computed("symbiosis_count", -1),
        Computed("in_symbiosis", True),  # asked of enterprises, not of the park
        Computed("in_symbiosis", True, "at_least", dairy),
    ):
        with pytest.raises(InputError):
            record(owner, park, [Computed("symbiosis_type_a", 1), wrong])
    assert not Record.objects.exists()


def test_only_who_reports_for_the_park_may(park, inspector, stranger, viewer):
    for person in (inspector, stranger, viewer):
        with pytest.raises(InputError, match="may not"):
            record(person, park, [Computed("symbiosis_count", 1)])
    assert not Record.objects.exists()


def test_an_approved_report_is_a_draft_again(park, owner):
    Report.objects.create(
        park=park, year=YEAR, state=Report.State.APPROVED, decided_at=NOW - dt.timedelta(days=1)
    )
    record(owner, park, [Computed("symbiosis_count", 1)], at=later(days=1))
    assert Report.objects.get().state == Report.State.DRAFT
    assert AuditEntry.objects.filter(action="reporting.reopen_report").exists()
