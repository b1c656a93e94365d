"""The national page: what everybody reads, what only some see, and how fast it is."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from sinhthai.portal.national_counts import latest, national_counts
from sinhthai.registry.models import Park

pytestmark = pytest.mark.postgres

SignIn = Callable[[Any], Client]


def page(client: Client, query: str = "", language: str = "vi") -> str:
    client.cookies["language"] = language
    response = client.get(f"/{query}")
    assert response.status_code == 200
    return response.content.decode()


def names(html: str) -> list[str]:
    body = re.search(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    return re.findall(r'<a href="/parks/([\w-]+)/">', body[1]) if body else []


def map_data(html: str) -> dict[str, Any]:
    found = re.search(
        r'<script id="map-data" type="application/json">(.*?)</script>', html, re.DOTALL
    )
    assert found is not None
    return json.loads(found[1])


def test_everybody_reads_the_list_and_the_published_figures(country: Any, sign_in: SignIn) -> None:
    html = page(sign_in(None))
    assert names(html) == ["hiep-phuoc", "song-xanh", "tan-do"]
    assert "416" in html
    assert "sitelocationadviser.com" in html
    assert "7/2024 · sitelocationadviser.com dẫn" in html
    assert "1.686" in html


def test_it_speaks_english_too(country: Any, sign_in: SignIn) -> None:
    html = page(sign_in(None), language="en")
    assert "Industrial parks of Viet Nam" in html
    assert "1,686" in html
    assert 'lang="en"' in html
    assert "July 2024 · sitelocationadviser.com quoting MPI" in html


@pytest.mark.parametrize("path", ["/", "/rules/", "/rules/vn-eip/", "/rules/vn-eip/ENT-3/"])
def test_no_english_word_is_left_on_the_vietnamese_page(
    country: Any, sign_in: SignIn, path: str
) -> None:
    html = sign_in(country.ministry).get(path).content.decode()
    for word in (
        "Search",
        "Province",
        "Verdict",
        "Threshold",
        "Denominator",
        "Readings",
        "In force",
    ):
        assert not re.search(rf">\s*{word}\b", html), word


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("nobody", set()),
        ("owner", {"hiep-phuoc"}),
        ("inspector", {"hiep-phuoc"}),
        ("stranger", {"tan-do"}),
        ("ministry", {"hiep-phuoc", "tan-do", "song-xanh"}),
    ],
)
def test_findings_are_shown_only_to_those_who_may_look_inside(
    country: SimpleNamespace, sign_in: SignIn, who: str, seen: set[str]
) -> None:
    html = page(sign_in(None if who == "nobody" else getattr(country, who)))
    shown = re.findall(r'href="/parks/([\w-]+)/assessment/\?framework=vn-eip"', html)
    assert set(shown) == seen
    on_the_map = {row[3] for row in map_data(html)["parks"] if row[5]}
    assert on_the_map == seen
    assert ("Không đạt" in html) == bool(seen)


def test_invented_parks_say_so_on_the_page_and_on_the_map(country: Any, sign_in: SignIn) -> None:
    html = page(sign_in(None))
    assert html.count('class="tag invented"') == 1
    assert "1 khu công nghiệp ở đây là giả định" in html
    assert {row[3]: row[4] for row in map_data(html)["parks"]}["song-xanh"] == 1


@pytest.mark.parametrize("query", ["hiep phuoc", "Hiệp Phước", "HIEP", "ho chi minh"])
def test_search_needs_no_diacritics(country: Any, sign_in: SignIn, query: str) -> None:
    assert names(page(sign_in(None), f"?q={query}")) == ["hiep-phuoc"]


def test_the_same_list_answers_in_old_and_new_borders(country: Any, sign_in: SignIn) -> None:
    client = sign_in(None)
    assert names(page(client, "?province=80")) == ["tan-do"]
    now = page(client)
    assert "Tây Ninh" in now
    before = page(client, "?borders=before&province=80")
    assert names(before) == ["tan-do"]
    assert re.search(r"Long An\s*</td>", before)
    assert before.count("<option") - now.count("<option") == 63 - 34


def test_a_province_without_parks_says_what_to_do(country: Any, sign_in: SignIn) -> None:
    html = page(sign_in(None), "?province=04", language="en")
    assert "No park fits these filters." in html
    assert "Show all parks" in html


def test_an_empty_register_says_what_to_do(db: None, sign_in: SignIn) -> None:
    assert "sinhthai demo" in page(sign_in(None))


def test_sorting_puts_the_unknown_last_both_ways(country: Any, sign_in: SignIn) -> None:
    client = sign_in(None)
    assert names(page(client, "?sort=area"))[0] == "hiep-phuoc"
    assert names(page(client, "?sort=-area"))[0] == "hiep-phuoc"
    assert names(page(client, "?sort=-name")) == ["tan-do", "song-xanh", "hiep-phuoc"]
    assert 'aria-sort="descending"' in page(client, "?sort=-area")


def test_the_verdict_filters_what_one_may_see(country: Any, sign_in: SignIn) -> None:
    client = sign_in(country.owner)
    assert names(page(client, "?verdict=undetermined")) == ["hiep-phuoc"]
    assert names(page(client, "?verdict=none")) == ["song-xanh", "tan-do"]


@pytest.mark.parametrize(
    "query",
    [
        "?page=x",
        "?page=999",
        "?sort=;drop",
        "?borders=1",
        "?family=no",
        "?province=zz",
        "?q=%00%25",
    ],
)
def test_nonsense_in_the_address_is_harmless(country: Any, sign_in: SignIn, query: str) -> None:
    assert sign_in(None).get(f"/{query}").status_code == 200


@pytest.mark.parametrize(("who", "most"), [(None, 4), ("inspector", 8), ("ministry", 8)])
def test_the_page_asks_few_questions_with_the_whole_country(
    many_parks: SimpleNamespace, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries,
    who: str | None, most: int,
) -> None:  # fmt: skip
    client = sign_in(getattr(many_parks, who) if who else None)
    client.get("/")
    with django_assert_max_num_queries(most):
        html = page(client, "?sort=-undetermined" if who else "")
    assert len(names(html)) == 50
    assert 'rel="next"' in html
    assert len(map_data(html)["parks"]) == 436


def test_the_export_holds_the_whole_list_as_filtered(country: Any, sign_in: SignIn) -> None:
    client = sign_in(country.ministry)
    client.cookies["language"] = "en"
    response = client.get("/export.xlsx?province=79")
    assert "attachment" in response["Content-Disposition"]
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(response.content))
        .get_sheet_by_index(0)
        .to_python()
    )
    head = next(row for row in rows if row[0] == "Code")
    line = dict(zip(head, rows[rows.index(head) + 1], strict=True))
    assert (line["Code"], line["Area (ha)"], line["Undetermined"]) == ("hiep-phuoc", 1686, 12)
    assert len(rows) == rows.index(head) + 2


def test_the_export_of_the_public_has_no_findings(country: Any, sign_in: SignIn) -> None:
    client = sign_in(None)
    client.cookies["language"] = "en"
    response = client.get("/export.xlsx")
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(response.content))
        .get_sheet_by_index(0)
        .to_python()
    )
    head = next(row for row in rows if row[0] == "Code")
    assert "Verdict" not in head
    marks = {row[0]: row[head.index("Data")] for row in rows[rows.index(head) + 1 :]}
    assert marks == {"hiep-phuoc": "", "song-xanh": "invented", "tan-do": ""}


def test_the_map_holds_34_provinces_and_both_groups_of_islands() -> None:
    path = finders.find("portal/vn34_provinces_islands.topojson")
    assert isinstance(path, str)
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        objects = json.load(file)["objects"]
    provinces = [shape["properties"]["code"] for shape in objects["provinces"]["geometries"]]
    assert len(set(provinces)) == 34
    units = [point["properties"]["unit"] for point in objects["islands"]["geometries"]]
    assert units.count("Đặc khu Hoàng Sa") == 9
    assert units.count("Đặc khu Trường Sa") == 14


def test_the_map_is_named_on_the_page_and_its_provinces_match_the_register(
    country: Any, sign_in: SignIn
) -> None:
    data = map_data(page(sign_in(None)))
    assert "Hoàng Sa" in data["words"]["hoangSa"]
    assert "Trường Sa" in data["words"]["truongSa"]
    assert data["provinces"] == {"79": [1, 0], "80": [1, 0], "31": [1, 0]}


def test_published_counts_are_in_order_and_name_their_source() -> None:
    counts = national_counts()
    assert len(counts) == 7
    assert all(count.source.vi and count.source.en for count in counts)
    assert all(count.note is None or (count.note.vi and count.note.en) for count in counts)
    assert [count.when.vi for count in counts][1:4] == ["11/2019", "khoảng 2020", "khoảng 2020"]
    assert latest("established").established == 416
    assert latest("area_ha").area_ha == 122_800


def test_a_park_without_a_point_is_in_the_list_but_not_on_the_map(
    country: Any, sign_in: SignIn
) -> None:
    Park.objects.filter(code="tan-do").update(lat=None, lon=None)
    html = page(sign_in(None))
    assert "tan-do" in names(html)
    assert "tan-do" not in {row[3] for row in map_data(html)["parks"]}
