"""63 provinces until 30 June 2025, 34 since, Đồng Nai a city since 30 April 2026."""

import datetime as dt
import itertools

import pytest

from sinhthai.registry import readers
from sinhthai.registry.actions import load_territory
from sinhthai.registry.engine.authorities import (
    UnknownAuthority,
    authorities,
    authority_name,
)
from sinhthai.registry.engine.territory import (
    MERGER,
    find_units,
    predecessors,
    province_on,
    provinces_on,
    title_on,
    units,
)
from sinhthai.registry.models import Province, ProvinceTitle

from .conftest import AT

LAST_OLD_DAY = dt.date(2025, 6, 30)


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (dt.date(2008, 7, 31), 0),  # before Hà Tây joined Hà Nội: not known
        (dt.date(2008, 8, 1), 63),
        (LAST_OLD_DAY, 63),
        (MERGER, 34),
        (dt.date(2026, 11, 21), 34),
    ],
)
def test_how_many_provinces_there_are_on_a_day(day, count):
    assert len(provinces_on(day)) == count


def test_every_old_province_goes_into_exactly_one_new_one():
    old, new = provinces_on(LAST_OLD_DAY), provinces_on(MERGER)
    reached = [province_on(unit, MERGER) for unit in old.values()]
    assert {unit.code for unit in reached} == set(new)
    assert sum(len(predecessors(unit)) for unit in new.values()) == 63


@pytest.mark.parametrize(
    ("day", "provinces", "cities"),
    [
        (dt.date(2024, 12, 31), 58, 5),
        (dt.date(2025, 1, 1), 57, 6),  # Huế
        (LAST_OLD_DAY, 57, 6),
        (MERGER, 28, 6),
        (dt.date(2026, 4, 29), 28, 6),
        (dt.date(2026, 4, 30), 27, 7),  # Đồng Nai
    ],
)
def test_how_many_are_cities_on_a_day(day, provinces, cities):
    titles = [title_on(unit, day).vi for unit in provinces_on(day).values()]
    assert sum(title.startswith("Tỉnh ") for title in titles) == provinces
    assert sum(title.startswith("Thành phố ") for title in titles) == cities


def test_a_code_may_mean_another_province_in_another_era():
    assert provinces_on(LAST_OLD_DAY)["24"].name == "Bắc Giang"
    assert provinces_on(MERGER)["24"].name == "Bắc Ninh"


def test_backwards_only_an_unmerged_province_has_an_answer():
    ha_noi, ninh_binh = provinces_on(MERGER)["01"], provinces_on(MERGER)["37"]
    assert province_on(ha_noi, LAST_OLD_DAY).name == "Hà Nội"
    assert province_on(ninh_binh, LAST_OLD_DAY) is None
    assert province_on(ha_noi, dt.date(2000, 1, 1)) is None


def test_a_province_is_found_by_code_title_or_alias():
    for name in ("79", "TP. Hồ Chí Minh", "thanh pho ho chi minh", "HCM", "Hồ Chí Minh City"):
        assert [unit.name for unit in find_units(name, on=MERGER)] == ["Hồ Chí Minh"], name
    assert find_units("Long An", on=MERGER) == ()
    assert [unit.code for unit in find_units("Thừa Thiên Huế")] == ["46"]
    assert find_units("") == ()


def test_the_store_holds_what_the_file_says_and_loading_again_writes_nothing(territory):
    assert Province.objects.count() == len(units()) == 97
    assert ProvinceTitle.objects.count() == 99
    assert load_territory(AT) == 0
    assert Province.objects.get(code="80", valid_until=MERGER).successor.name == "Tây Ninh"


def test_a_changed_title_is_mended_and_nothing_else(territory):
    ProvinceTitle.objects.filter(title_vi="Thành phố Đồng Nai").update(title_vi="Đồng Nai")
    assert load_territory(AT) == 1
    assert ProvinceTitle.objects.filter(title_vi="Thành phố Đồng Nai").exists()


def test_the_same_parks_stand_under_old_and_new_provinces(hiep_phuoc, tan_do, new_park):
    old = readers.parks_by_province(LAST_OLD_DAY)
    assert [(group.title.vi, [park.code for park in group.parks]) for group in old] == [
        ("Thành phố Hồ Chí Minh", ["hiep-phuoc"]),
        ("Tỉnh Long An", ["tan-do"]),
        ("Chưa rõ tỉnh theo địa giới cũ", ["moi"]),
    ]
    new = readers.parks_by_province(MERGER)
    assert [(group.title.en, [park.code for park in group.parks]) for group in new] == [
        ("Ninh Bình Province", ["moi"]),
        ("Hồ Chí Minh City", ["hiep-phuoc"]),
        ("Tây Ninh Province", ["tan-do"]),
    ]


@pytest.mark.parametrize(
    ("role", "before", "after"),
    [
        ("investment_ministry", "Bộ Kế hoạch và Đầu tư", "Bộ Tài chính"),
        ("environment_ministry", "Bộ Tài nguyên và Môi trường", "Bộ Nông nghiệp và Môi trường"),
        ("transport_ministry", "Bộ Giao thông vận tải", "Bộ Xây dựng"),
        ("information_ministry", "Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ"),
        ("investment_department", "Sở Kế hoạch và Đầu tư", "Sở Tài chính"),
        ("environment_department", "Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường"),
        ("construction_ministry", "Bộ Xây dựng", "Bộ Xây dựng"),
    ],
)
def test_a_body_is_named_as_on_the_day(role, before, after):
    assert authority_name(role, dt.date(2025, 2, 28)).vi == before
    assert authority_name(role, dt.date(2025, 3, 1)).vi == after


def test_the_district_is_gone_since_the_merger():
    assert authority_name("district_committee", LAST_OLD_DAY).en == "district People's Committee"
    with pytest.raises(UnknownAuthority, match="no body bears the role"):
        authority_name("district_committee", MERGER)


def test_an_unknown_role_is_said_to_be_unknown():
    with pytest.raises(UnknownAuthority) as caught:
        authority_name("king", MERGER)
    assert caught.value.text.vi == "không biết vai trò “king”"


def test_no_role_has_a_gap_or_two_names_on_a_day():
    for role in {row.role for row in authorities()}:
        rows = sorted(
            (row for row in authorities() if row.role == role),
            key=lambda row: row.valid_from or dt.date.min,
        )
        assert rows[0].valid_from is None, role
        for earlier, later in itertools.pairwise(rows):
            assert earlier.valid_until == later.valid_from, role
        assert all(row.source for row in rows), role
