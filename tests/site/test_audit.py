"""The audit trail: who may read which entries, found, paged, exported."""

import datetime as dt
import io
import re

import pytest
from python_calamine import CalamineWorkbook
from tests.site.cast import AT

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import AuditEntry
from sinhthai.foundation.text import Text

pytestmark = pytest.mark.postgres


@pytest.fixture
def entries(park, other_park, owner, stranger):
    def write(actor, code, number, action="reporting.apply_import"):
        return record_audit(
            actor=actor,
            action=action,
            at=AT + dt.timedelta(days=number),
            summary=Text(f"Việc số {number} ở {code}", f"Deed {number} at {code}"),
            park_code=code,
        )

    return [
        write(owner, park.code, 1),
        write(owner, park.code, 2, "assessment.assess"),
        write(stranger, other_park.code, 3),
    ]


def deeds(client, query=""):
    html = client.get(f"/audit/{query}").content.decode()
    return sorted(int(number) for number in re.findall(r"Việc số (\d+)", html))


def test_each_reads_the_parks_in_their_reach(
    entries, owner, inspector, stranger, ministry, signed_in
):
    assert deeds(signed_in(owner)) == [1, 2]
    assert deeds(signed_in(inspector)) == [1, 2]
    assert deeds(signed_in(stranger)) == [3]
    assert deeds(signed_in(ministry)) == [1, 2, 3]


def test_nobody_is_asked_to_sign_in(entries, signed_in):
    for address in ("/audit/", "/audit.xlsx", "/audit.csv"):
        assert signed_in(None).get(address).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=số 2", [2]),
        ("?park=tan-do", [3]),
        ("?person=stranger", [3]),
        ("?kind=assessment", [2]),
        ("?since=2026-05-06", [2, 3]),
        ("?until=2026-05-05", [1]),
        ("?since=05/05/2026&until=06/05/2026", [1, 2]),
        ("?q=%00&since=never&kind=nothing&page=abc", [1, 2, 3]),
    ],
)
def test_entries_are_found(entries, ministry, signed_in, query, found):
    assert deeds(signed_in(ministry), query) == found


def test_a_filter_does_not_widen_what_one_may_read(entries, owner, signed_in):
    assert deeds(signed_in(owner), "?park=tan-do") == []


def test_newest_first_unless_asked_otherwise(entries, ministry, signed_in):
    def order(query):
        return re.findall(
            r"Việc số (\d+)", signed_in(ministry).get(f"/audit/{query}").content.decode()
        )

    assert order("") == ["3", "2", "1"]
    assert order("?sort=oldest") == ["1", "2", "3"]


def test_the_export_says_the_same_in_the_readers_language(entries, owner, signed_in):
    client = signed_in(owner)
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(client.get("/audit.xlsx").content))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert [row[2] for row in rows[1:] if row[2].startswith("Việc")] == [
        "Việc số 2 ở hiep-phuoc",
        "Việc số 1 ở hiep-phuoc",
    ]
    client.cookies["language"] = "en"
    assert "Deed 1 at hiep-phuoc" in client.get("/audit.csv?q=deed 1").content.decode("utf-8-sig")


def test_a_long_trail_is_paged_and_quick(park, owner, signed_in, django_assert_max_num_queries):
    AuditEntry.objects.bulk_create(
        AuditEntry(at=AT, actor=owner, actor_name="x", action="test.done", park_code=park.code, summary_vi=f"Việc số {n}", summary_en="d")
        for n in range(1, 121)
    )  # fmt: skip
    client = signed_in(owner)
    with django_assert_max_num_queries(8):
        page = client.get("/audit/?page=3&q=số").content.decode()
    assert "101–120 trong 120" in page
    assert 'href="?page=2&amp;q=s%E1%BB%91"' in page


def test_an_empty_trail_says_what_will_come(owner, signed_in):
    AuditEntry.objects.all().delete()
    assert "hiện ở đây ngay khi diễn ra" in signed_in(owner).get("/audit/").content.decode()


def test_the_last_day_of_the_calendar_may_be_asked_for(entries, owner, signed_in):
    assert deeds(signed_in(owner), "?until=31/12/9999") == [1, 2]
