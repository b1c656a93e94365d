"""The Board's calendar, its reports from the records, and what was recorded as sent."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from tests.certification.core.world import PROVINCE, T, accepted
from tests.supervision.filings.begun import codes, sent
from tests.supervision.keeping.holdings import hold

from sinhthai.certification.engine.clocks import Calendar
from sinhthai.certification.models import Duty
from sinhthai.foundation.problems import InputError
from sinhthai.registry.models import Province
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.supervision.actions.board import record_board_report
from sinhthai.supervision.engine.obligations import occurrences, period_named
from sinhthai.supervision.engine.periods import obliged
from sinhthai.supervision.models import BoardReport
from sinhthai.supervision.readers.board import board_calendar, filings_of, holder_rows, holders
from sinhthai.supervision.readers.board_report import board_figures
from sinhthai.supervision.workbooks.board import write_board_report

RULES = load_procedures()
TODAY = dt.date(2026, 7, 1)
LATER = dt.datetime(2026, 7, 10, 3, tzinfo=dt.UTC)
NAME = "Thành phố Hồ Chí Minh"


def calendar():
    kept = filings_of(PROVINCE, 2025)
    rows = board_calendar(PROVINCE, 2026, kept, today=TODAY)
    return {row.occurrence.obligation.id: row for row in rows}


def falls(year=2026, id_=""):
    found = occurrences(RULES.obligations, year, Calendar(RULES.holidays))
    return [one for one in found if not id_ or one.obligation.id == id_]


def test_before_the_15th_means_the_14th_and_a_day_off_moves_on():
    days = [one.due_on for one in falls(id_="board-quarter-investment-report")]
    assert days == [dt.date(2026, 4, 14), dt.date(2026, 7, 14), dt.date(2026, 10, 14)]
    quarters = [one.period.code for one in falls(id_="board-quarter-investment-report")]
    assert quarters == ["2026-Q1", "2026-Q2", "2026-Q3"]  # the decree is of 31 March 2026


def test_a_new_decree_makes_nobody_late_for_the_time_before_it():
    # D96 is of 31 March 2026: the quarter reported in April is the first, the year due in April too
    day = dt.date(2026, 3, 31)
    owed = {one.id: period.code for one, period in obliged(RULES.obligations, day)}
    assert "board-quarter-investment-report" not in owed  # due on 14 January
    assert "investment-year-report" not in owed  # due on 30 March
    assert owed["board-year-investment-report"] == "2025"  # due on 9 April
    assert owed["committee-year-investment-report"] == "2025"
    assert owed["board-quarter-park-report"] == "2025-Q4"  # of 2022
    yearly = falls(2026, "board-year-investment-report")
    assert [one.due_on for one in yearly] == [dt.date(2026, 4, 9)]


def test_what_comes_every_two_years_comes_in_its_own_years():
    assert not falls(2026, "ghg-inventory")
    (once,) = falls(2027, "ghg-inventory")
    assert once.period.code == "2025-2026" and once.due_on == dt.date(2027, 11, 30)
    owed = [one.id for one, _period in obliged(RULES.obligations, dt.date(2026, 7, 1))]
    assert "ghg-inventory" not in owed and "ghg-reduction" in owed


def test_the_committee_has_five_working_days_more():
    first = falls(id_="committee-quarter-investment-report")[0]
    assert first.due_on == dt.date(2026, 4, 21)  # 14 April and five working days


def test_a_year_without_days_off_is_an_error_not_a_guess():
    far = max(RULES.holidays) + 2
    unknown = falls(far, "board-year-investment-report")[0]
    assert unknown.due_on is None
    assert str(far) in unknown.problem.vi


def test_what_has_no_day_by_law_comes_last():
    days = [one.due_on for one in falls()]
    first_without = days.index(None)
    assert all(day is None for day in days[first_without:])
    assert days[:first_without] == sorted(days[:first_without])


@pytest.mark.parametrize("code", ["2026-Q5", "2026-13", "Q3", "", "1999", "2026-q3x"])
def test_no_period(code):
    assert period_named(code) is None


def test_periods_meet_without_gap():
    for before, after in (("2025-Q4", "2026-Q1"), ("2026-Q2", "2026-Q3"), ("2025", "2026")):
        last, first = period_named(before).last, period_named(after).first
        assert last + dt.timedelta(days=1) == first


def test_the_calendar_counts_who_filed_and_who_owes(world):
    certificate = hold(world)
    certificate.issued_on = dt.date(2025, 3, 1)
    certificate.save()
    before = calendar()
    assert (before["eip-report"].owed, before["eip-report"].sent) == (1, 0)
    sent(world)
    after = calendar()
    assert after["eip-report"].sent == 1
    assert after["eco-report"].owed == 0
    assert after["labour-change"].kept == "elsewhere"
    (holder,) = holder_rows(
        list(holders(PROVINCE)), filings_of(PROVINCE, 2025), calendar().values()
    )
    assert [(form, bool(filing)) for form, filing, _due in holder.filings] == [
        ("A.4", True), ("A.5", False),
    ]  # fmt: skip
    assert list(holders(PROVINCE, "hiep-phuoc")) == [certificate]
    assert not holders(PROVINCE, "amata")
    assert not holders("92")


def figures_of(period, province=PROVINCE):
    found = board_figures(province, NAME, period_named(period))
    return {name.en: number for name, number in found.counts}


def test_the_report_is_filled_from_the_records(world):
    empty = board_figures(PROVINCE, NAME, period_named("2026-Q2"))
    accepted(world)
    counts = figures_of("2026-Q2")
    assert counts["Dossiers received in the period"] == 1
    assert counts["Dossiers found complete"] == 1
    assert counts["Dossiers open at the end"] == 1
    assert counts["Certificates issued"] == 0
    assert board_figures(PROVINCE, NAME, period_named("2026-Q2")).digest() != empty.digest()
    assert set(figures_of("2026-Q1").values()) == {0}
    assert set(figures_of("2026-Q2", "92").values()) == {0}


def test_certificates_are_counted_where_they_were_issued_and_as_they_stood(world):
    certificate = hold(world)
    assert figures_of("2026-Q2")["Certificates issued"] == 1
    assert figures_of("2026-Q2")["Certificates in force at the end"] == 1
    sheets = board_figures(PROVINCE, NAME, period_named("2026-Q2")).sheets
    cells = [cell for sheet in sheets for row in sheet.rows for cell in row]
    assert dt.date(2031, 5, 5) in cells  # its last day
    assert certificate.valid_until not in cells
    certificate.state, certificate.state_since = "revoked", LATER
    certificate.save()
    assert figures_of("2026-Q2")["Certificates in force at the end"] == 1  # revoked in July
    assert figures_of("2026-Q3")["Certificates in force at the end"] == 0
    assert figures_of("2026-Q3")["Certificates issued"] == 0


def test_what_the_system_does_not_hold_is_not_reported_never_zero(world):
    figures = board_figures(PROVINCE, NAME, period_named("2026-Q2"))
    content = write_board_report(figures, made_at=T, language="vi")
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Biểu 2104"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert {cell for row in rows[:-1] for cell in row[1:]} == {"chưa báo cáo"}
    assert rows[-1][0] == "Tổng cộng"
    assert set(rows[-1][1:]) == {"chưa xác định"}
    assert len(rows[0]) == 21
    assert "GIẢ ĐỊNH" in book["Tổng hợp"]["A2"].value


def record(world, who="head", period="2026-Q2", day=dt.date(2026, 7, 9)):
    return record_board_report(
        user=world.people[who], province=PROVINCE, province_name=NAME, period=period, sent_on=day,
        at=LATER,
    )  # fmt: skip


def test_a_report_recorded_as_sent_keeps_its_figures_and_closes_the_duty(world):
    Duty.objects.create(
        key="obligation:board-quarter-investment-report:2026-Q2:board", kind="obligation",
        party="receiver", holder="management_board", organisation=world.bodies["board"],
        title_vi="x", title_en="x", url="/board/", since=T,
    )  # fmt: skip
    made = record(world)
    assert made.digest == board_figures(PROVINCE, NAME, period_named("2026-Q2")).digest()
    assert not Duty.objects.filter(closed_at=None, kind="obligation").exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"who": "judge"}, "no-right"),
        ({"who": "chair"}, "no-right"),
        ({"who": "stranger"}, "no-right"),
        ({"period": "hè"}, "board-period"),
        ({"day": dt.date(2026, 6, 30)}, "board-future"),
        ({"day": dt.date(2026, 7, 11)}, "board-day"),
    ],
)
def test_what_cannot_have_been_sent_is_refused(world, more, code):
    with pytest.raises(InputError) as refused:
        record(world, **more)
    assert codes(refused) == [code]
    assert not BoardReport.objects.exists()


def test_who_opens_the_boards_pages(world, as_user):
    Province.objects.create(code="92", valid_from=dt.date(2025, 7, 1), name="Cần Thơ", search="ct")
    allowed = {"judge", "head", "deputy", "chair", "vice", "overseer", "stranger"}
    url, file = reverse("supervision_board"), reverse("board_report", args=["2026-Q1"])
    for name, user in world.people.items():
        status = 200 if name in allowed else 404
        assert as_user(user).get(url).status_code == status
        assert as_user(user).get(file).status_code == status
    far = as_user(world.stranger).get(f"{url}?province={PROVINCE}")
    assert far.status_code == 404
    assert as_user(world.head).get(reverse("board_report", args=["2026-Q9"])).status_code == 404


@pytest.mark.parametrize(("language", "word"), [("vi", "Lịch của Ban quản lý"), ("en", "Calendar")])
def test_the_board_page_costs_ten_queries_at_most(
    world, as_user, django_assert_max_num_queries, language, word
):
    hold(world)
    client = as_user(world.head, language)
    client.get(reverse("supervision_board"))
    with django_assert_max_num_queries(10):
        page = client.get(reverse("supervision_board") + "?year=2026").content.decode()
    assert word in page


def test_only_an_approver_of_the_board_records(world, as_user):
    url = reverse("board_report_sent", args=["2025-Q4"])
    data = {"province": PROVINCE, "sent_on": "2026-01-12"}
    assert as_user(world.judge).post(url, data).status_code == 404
    assert as_user(world.head).post(url, {**data, "sent_on": "hôm qua"}).status_code == 302
    assert not BoardReport.objects.exists()
    as_user(world.head).post(url, data)
    assert BoardReport.objects.get().period == "2025-Q4"
