"""The list of all yearly forms: who finds what, narrowed, sorted, as a file, in few queries."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.supervision.filings.begun import begin, sent

ALL = "/filings/"


def shown(client, query=""):
    page = client.get(ALL + query)
    return [(one.form, one.year) for one, _form in page.context["rows"]]


@pytest.fixture
def three(world):
    """Two of the park, one sent; one of the enterprise, sent."""
    return sent(world), begin(world, "A.5", year=2024), sent(world, "B.4", firm=True)


def test_everybody_finds_the_forms_they_may_open_and_no_other(three, world, as_user):
    for name, user in world.people.items():
        client = as_user(user)
        found = {one.pk for one, _form in client.get(ALL).context["rows"]}
        for one in three:
            opens = client.get(reverse("filing", args=[one.pk])).status_code == 200
            assert (one.pk in found) == opens, (name, one.form)
    assert shown(as_user(world.judge)) == [("B.4", 2025), ("A.4", 2025)]
    assert "Chưa có báo cáo nào" in as_user(world.stranger).get(ALL).content.decode()


def test_it_is_searched_narrowed_sorted_and_says_so_when_nothing_fits(three, world, as_user):
    client = as_user(world.writer)
    assert shown(client, "?q=sao") == [("B.4", 2025)]
    assert shown(client, "?q=KHÔNG+CÓ") == []
    assert shown(client, "?form=A.5") == shown(client, "?year=2024") == [("A.5", 2024)]
    assert shown(client, "?state=draft") == [("A.5", 2024)]
    assert shown(client, "?sort=year")[0] == ("A.5", 2024)
    body = client.get(ALL + "?year=2019").content.decode()
    assert "Không có báo cáo nào khớp bộ lọc." in body and f'href="{ALL}"' in body
    for odd in ("?year=٢٠٢٤", "?year=99999999999", "?sort=password", "?form=Z", "?page=x"):
        assert client.get(ALL + odd).status_code == 200


def test_it_is_a_workbook_too_and_costs_few_queries(three, world, as_user):
    client = as_user(world.judge)
    with CaptureQueriesContext(connection) as queries:
        body = client.get(ALL).content.decode()
    assert len(queries) <= 10
    assert "Xi măng Sao" in body and "giả định" in body
    answer = client.get("/filings.xlsx?form=B.4")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
    lines = [[cell.value for cell in row] for row in book.active.iter_rows()]
    [line] = [row for row in lines if "B.4" in row]
    assert "Xi măng Sao" in line and 2025 in line
    assert not any("A.4" in row for row in lines)
