"""The pages of the factors: public, side by side, with what is not verified marked."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sinhthai.factors.loading import load_factors


def page(client: Client, path: str, language: str = "en") -> str:
    client.cookies["language"] = language
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_list_is_searched_filtered_sorted_and_paged(db: None, client: Client) -> None:
    everything = page(client, "/factors/")
    assert f"{len(load_factors().factors)} factors" in everything
    assert "1–50 of 583" in everything
    unverified = sum(not one.verified for one in load_factors().factors)
    assert f"{unverified} factors" in page(client, "/factors/?unverified=1")
    assert "10 factors" in page(client, "/factors/?table=vn-grid")
    found = page(client, "/factors/?q=dau+do&group=fuel&sort=-value")
    assert "Gas/diesel oil" in found
    assert "Anthracite" not in found
    assert 'aria-sort="descending"' in found
    assert "No factor fits these filters." in page(client, "/factors/?q=kryptonit")


def test_what_the_address_asks_wrongly_is_as_if_not_asked(db: None, client: Client) -> None:
    assert "583" in page(client, "/factors/?group=x&table=y&sort=z&page=99&unverified=maybe")
    assert "picked for 2" in page(client, "/factors/wastewater/?year=abc&policy=x")


def test_the_picked_row_follows_year_and_policy(db: None, client: Client) -> None:
    vietnamese = page(client, "/factors/clinker/?year=2024", "vi")
    assert "dùng cho năm 2024" in vietnamese
    for policy, value in (("national", "0.525"), ("ipcc2006", "0.52")):
        html = page(client, f"/factors/clinker/?year=2024&policy={policy}")
        row = html.split("picked for 2024")[1]
        assert f"{value} t/t" in row[:120]


def test_the_grid_by_year_is_a_picture_and_a_year_without_one_says_so(
    db: None, client: Client
) -> None:
    html = page(client, "/factors/electricity/?year=2024")
    assert html.split("<h1")[1].count("<svg") == 1
    assert "No row holds in 2024" in html
    assert "1726/BĐKH-PTCBT" in html


def test_a_refrigerant_shows_its_gases_and_potentials(db: None, client: Client) -> None:
    html = page(client, "/factors/r-410a/")
    assert "HFC-125" in html
    assert "3,170" in html
    assert "in the totals" in html
    assert "outside the totals" in page(client, "/factors/hcfc-22/")


def test_an_unverified_number_is_marked_and_never_picked_beside_a_verified_one(
    db: None, client: Client
) -> None:
    html = page(client, "/factors/wastewater/?year=2024")
    block = html.split("MCF aerobic<")[1].split("</table>")[0]
    assert block.index("picked for 2024") < block.index("0.3 1")
    assert "not verified" in block.split("0.3 1")[1]


def test_exports_hold_what_the_page_holds(db: None, client: Client) -> None:
    client.cookies["language"] = "en"
    book = client.get("/factors/export.xlsx?table=vn-grid").content
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.values)
    assert len(rows) == 11
    assert rows[1][5] == pytest.approx(0.6612)
    assert client.get("/factors/export.csv?q=diesel").content.startswith(b"\xef\xbb\xbf")
    assert client.get("/factors/export.pdf").status_code == 404
    assert client.get("/factors/nothing-of-this/").status_code == 404
    assert client.post("/factors/").status_code == 405


@pytest.mark.parametrize("path", ["/factors/", "/factors/wastewater/"])
def test_pages_ask_the_store_for_nothing(
    db: None, client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(2):
        client.get(path)
