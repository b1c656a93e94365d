"""Every look at another's stream is logged, and its owner sees it."""

import datetime as dt

import pytest

from sinhthai.symbiosis.models import Look
from sinhthai.symbiosis.policy import log_looks

from .conftest import AT, put

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_a_facilitator_leaves_a_trace_the_owner_reads_and_owners_leave_none(
    sign_in, owner, facilitator, power, ash
):
    office, own = sign_in(facilitator), sign_in(owner)
    base = f"/enterprises/{power.code}/"
    own.get(f"{base}streams/")
    own.get(f"{base}streams/{ash.pk}/")
    assert not Look.objects.exists()
    assert office.get(f"{base}streams/{ash.pk}/edit/").status_code == 200
    assert Look.objects.get().page == "stream"  # the form shows what stands
    for path in ("streams/", f"streams/{ash.pk}/", "streams/export.csv", "streams/"):
        assert office.get(base + path).status_code == 200
    assert set(Look.objects.values_list("page", flat=True)) == {"streams", "stream", "export"}
    body = own.get(f"{base}looks/").content.decode()
    assert "Người office" in body
    for word in (
        "facilitator of the park",
        "list of streams",
        "page of the stream",
        "exported file",
    ):
        assert word in body
    assert "3 looks by others are logged." in own.get(f"{base}streams/{ash.pk}/").content.decode()


def test_one_line_a_person_stream_page_and_day(facilitator, power, ash):
    other = put(power, name="Khác")
    assert log_looks(facilitator, [ash, other.pk], "facilitator", "streams", AT) == 2
    assert log_looks(facilitator, [ash, other], "facilitator", "streams", AT) == 0
    assert log_looks(facilitator, [ash], "facilitator", "export", AT) == 1
    tomorrow = AT + dt.timedelta(days=1)
    assert log_looks(facilitator, [ash], "facilitator", "streams", tomorrow) == 1
    assert log_looks(facilitator, [], "facilitator", "streams", AT) == 0


def test_the_log_is_searched_filtered_and_exported(sign_in, owner, facilitator, power, ash):
    log_looks(facilitator, [ash], "facilitator", "streams", AT)
    log_looks(facilitator, [ash], "partner", "partner", AT)
    client = sign_in(owner)
    url = f"/enterprises/{power.code}/looks/"
    assert len(client.get(url, {"as": "partner"}).context["rows"]) == 1
    assert len(client.get(url, {"q": "tro bay"}).context["rows"]) == 2
    assert not client.get(url, {"q": "không có"}).context["rows"]
    content = client.get(f"/enterprises/{power.code}/looks/export.csv").content.decode("utf-8-sig")
    assert "Người office" in content and "Tro bay nồi hơi" in content
