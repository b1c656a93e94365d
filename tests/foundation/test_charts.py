"""Pictures: well-formed, read aloud, to scale, and honest about what is not known."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from sinhthai.foundation.charts.band import line_with_band
from sinhthai.foundation.charts.bars import Series, stacked_bars
from sinhthai.foundation.charts.png import to_png
from sinhthai.foundation.charts.sankey import Flow, Loop, sankey
from sinhthai.foundation.charts.scale import Scale, nice, short
from sinhthai.foundation.charts.steps import Bar, abatement

SVG = "{http://www.w3.org/2000/svg}"
NASTY = 'Lò hơi <script>alert("&")</script>'


def drawn(text: str) -> ET.Element:
    return ET.fromstring(text)


def words(root: ET.Element) -> list[str]:
    return [node.text or "" for node in root.iter(f"{SVG}text")]


def test_names_are_text_and_never_markup() -> None:
    pictures = [
        stacked_bars(NASTY, [NASTY], [Series(NASTY, [1.0])], unit="t", language="vi"),
        abatement(NASTY, [Bar(NASTY, 0, 1, 1, False)], across="t", up="u", pays="p", costs="c",
                  language="vi"),
        line_with_band(NASTY, ["0", "1"], [0, 1], [0, 1], [0, 1], unit="u", note="n",
                       language="vi"),
        sankey(NASTY, [Flow(NASTY, "x", 1)], unit="GJ", language="vi"),
    ]  # fmt: skip
    for picture in pictures:
        root = drawn(picture)
        assert root.get("aria-label") == NASTY
        assert not list(root.iter(f"{SVG}script"))
        assert "style=" not in picture


def test_bars_are_to_scale_and_the_unknown_is_said() -> None:
    root = drawn(
        stacked_bars(
            "t", ["2022", "2023"], [Series("1", [10.0, 20.0]), Series("2", [5.0, None])],
            unit="t", language="en", intervals=[(12.0, 18.0), None],
        )
    )  # fmt: skip
    heights = [float(r.get("height")) for r in root.iter(f"{SVG}rect") if len(r)]
    assert heights[0] / heights[1] == pytest.approx(2.0, rel=0.01)
    assert heights[2] / heights[0] == pytest.approx(2.0, rel=0.01)
    assert "not all known" in words(root)


def test_a_bar_of_the_curve_is_as_wide_as_it_abates_and_hangs_below_zero_when_it_pays() -> None:
    bars = [Bar("a", 0, 10, -5.0, True), Bar("b", 10, 40, 5.0, False)]
    root = drawn(abatement("c", bars, across="t", up="u", pays="p", costs="c", language="vi"))
    a, b = (r for r in root.iter(f"{SVG}rect") if len(r))
    assert float(b.get("width")) / float(a.get("width")) == pytest.approx(3.0, rel=0.01)
    assert float(a.get("y")) == pytest.approx(float(b.get("y")) + float(b.get("height")), abs=0.1)


def test_ribbons_end_where_their_places_are_and_what_flows_round_is_refused() -> None:
    flows = [Flow("a", "b", 6), Flow("c", "b", 2), Flow("b", "d", 8)]
    root = drawn(sankey("s", flows, unit="GJ", language="en"))
    tall = sorted(float(r.get("height")) for r in root.iter(f"{SVG}rect"))
    assert tall[-1] == pytest.approx(tall[-2])
    assert tall[0] / tall[-1] == pytest.approx(2 / 8, rel=0.01)
    with pytest.raises(Loop):
        sankey("s", [*flows, Flow("d", "a", 1)], unit="GJ", language="en")


def test_nothing_to_show_is_still_a_picture() -> None:
    for picture in (
        stacked_bars("t", [], [], unit="t", language="vi"),
        abatement("t", [], across="t", up="u", pays="p", costs="c", language="vi"),
        sankey("t", [], unit="GJ", language="vi"),
    ):
        assert drawn(picture).tag == f"{SVG}svg"


@pytest.mark.parametrize(("low", "high"), [(0, 0), (5, 5), (-1e9, 3e9), (0, 1e-6), (-7, -2)])
def test_ticks_hold_the_values_between_them(low: float, high: float) -> None:
    ticks = nice(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 9
    assert Scale(ticks[0], ticks[-1], 0, 100).at(ticks[-1]) == 100


def test_figures_are_short_and_vietnamese() -> None:
    assert [short(v, "vi") for v in (0, 950, 12_500, 3.2e9, -1.957e6)] == [
        "0", "950", "12,5 nghìn", "3,2 tỷ", "-1,96 triệu",
    ]  # fmt: skip


def test_a_png_of_the_picture() -> None:
    content = to_png(sankey("s", [Flow("a", "b", 6)], unit="GJ", language="en"))
    assert content.startswith(b"\x89PNG")
    assert len(content) > 2000
