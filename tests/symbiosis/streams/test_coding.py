"""What a stream is taken for: by code, by name in both languages, with typing errors, and why."""

from __future__ import annotations

import pytest

from sinhthai.symbiosis.engine.codes import load_codes
from sinhthai.symbiosis.engine.coding import Coding, Description, code_stream, coder_of
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.text import alike, load_glossary, pair_likeness, translate, words


def coded(name: str, code: str = "", unit: str = "t", state: str | None = None) -> list[Coding]:
    return code_stream(name, code, unit, state, load_knowledge(), load_codes())


@pytest.mark.parametrize(
    ("name", "material"),
    [
        ("tro bay", "coal-fly-ash"),
        ("TRO BAY", "coal-fly-ash"),
        ("Fly ash", "coal-fly-ash"),
        ("fly ahs", "coal-fly-ash"),
        ("Tro bay khô từ lò hơi than, silo 2", "coal-fly-ash"),
        ("mun cua", "sawdust"),
        ("Mùn cưa", "sawdust"),
        ("than đá", "coal"),
        ("alumminium schrap", "aluminium-scrap"),
        ("gypsum from desulphurisation", "fgd-gypsum"),
        ("Thạch cao khử lưu huỳnh", "fgd-gypsum"),
        ("bã bia", "brewers-grains"),
    ],
)
def test_a_name_in_either_language_finds_its_material(name: str, material: str) -> None:
    assert coded(name)[0].material == material


def test_a_code_outweighs_a_vague_name_and_both_together_weigh_most() -> None:
    by_code = coded("phụ phẩm", "ewc:100102")[0]
    both = coded("tro bay khô", "ewc:100102")[0]
    assert by_code.material == both.material == "coal-fly-ash"
    assert coded("tro bay khô")[0].likeness < both.likeness > by_code.likeness
    assert "100102" in both.why.vi and "tro bay" in both.why.vi


def test_a_group_of_codes_says_less_than_a_code() -> None:
    exact, group = coded("x", "ewc:100102")[0], coded("x", "ewc:1001")
    assert len(group) > 1
    assert all(one.likeness < exact.likeness for one in group)


def test_a_vietnamese_code_is_followed_over_the_crosswalk() -> None:
    assert coded("bùn", "vn:120605", state="sludge")[0].material.endswith("sludge")


def test_a_stated_material_is_certain() -> None:
    assert coded("cái gì đó", "material:fgd-gypsum")[0][:2] == ("fgd-gypsum", 1.0)


def test_another_state_and_another_unit_make_it_less_likely_and_say_so() -> None:
    plain = coded("tro bay", state="solid")[0]
    gas = coded("tro bay", state="gas")[0]
    volume = coded("tro bay", unit="m**3")[0]
    assert gas.likeness < plain.likeness and "state" in gas.why.en
    assert volume.likeness < plain.likeness and "measured in" in volume.why.en


def test_nothing_near_is_no_material() -> None:
    assert coded("thanh toán lương tháng 13") == []
    assert coded("") == []


def test_equal_descriptions_are_coded_alike_whatever_stands_around_them() -> None:
    coder = coder_of(load_knowledge(), load_codes())
    asked = [Description(name, "", "t") for name in ("tro bay", "giấy vụn", "mùn cưa", "tro bay")]
    forth, back = coder.code(asked), coder.code(asked[::-1])
    assert forth == back[::-1]
    assert forth[0] == forth[3]


def test_a_folded_word_is_not_mistaken_for_a_joining_word() -> None:
    assert words("mùn cưa") == ("mun", "cua")
    assert words("than đá") == ("than", "da")


def test_the_glossary_goes_both_ways() -> None:
    glossary = load_glossary()
    assert translate("bùn thải giấy", glossary) == ("sludge paper", 1.0)
    assert "bun thai" in translate("sludge", glossary)[0]


def test_names_in_two_languages_are_alike_and_others_are_not() -> None:
    close, far = pair_likeness(["Tro bay nhiệt điện", "Tro bay nhiệt điện"], ["Fly ash", "Leather"])
    assert close > 0.4 > far
    pairs = alike(["Giấy vụn"], ["steel", "waste paper", "Giấy vụn các loại"], most=1)
    assert pairs.right.tolist() == [2]


def test_nothing_is_alike_in_empty_lists() -> None:
    assert alike([], ["a"]).left.size == 0
    assert alike(["tro bay"], []).left.size == 0
    assert pair_likeness([], []) == []
