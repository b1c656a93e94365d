"""Filters and tags: figures, days, findings, drawn without a style or a script."""

import datetime as dt
import re
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from sinhthai.foundation.text import Text


def render(source, language="vi", **context):
    with translation.override(language):
        return (
            Template("{% load sinhthai %}" + source).render(Context(context)).replace("\u00a0", " ")
        )


@pytest.mark.parametrize(
    ("source", "value", "vi", "en"),
    [
        ("{{ x|num }}", 1234.5, "1.234,5", "1,234.5"),
        ("{{ x|num:2 }}", 0.5, "0,50", "0.50"),
        ("{{ x|num }}", None, "—", "—"),
        ("{{ x|num }}", 0, "0", "0"),
        ("{{ x|num }}", "not a number", "—", "—"),
        ("{{ x|num }}", float("nan"), "—", "—"),
        ("{{ x|pct:1 }}", 0.159, "15,9 %", "15.9 %"),
        ("{{ x|pct }}", None, "—", "—"),
        ("{{ x|day }}", dt.date(2025, 12, 31), "31/12/2025", "31 Dec 2025"),
        ("{{ x|day }}", None, "—", "—"),
        ("{{ x|moment }}", dt.datetime(2025, 12, 31, 18, 5, tzinfo=dt.UTC), "01/01/2026 01:05", "1 Jan 2026 01:05"),
        ("{{ x|text }}", Text("Đạt", "Met"), "Đạt", "Met"),
        ("{{ x|text }}", None, "", ""),
        ("{% invented_tag x %}", True, '<span class="tag invented">giả định</span>', '<span class="tag invented">invented</span>'),
        ("{% invented_tag x %}", False, "", ""),
        ("{% invented_tag True x %}", "KCN Bãi Bồi (giả định)", "", ""),
        ("{% invented_tag True x '' %}", "Bai Boi (invented)", "", ""),
        ("{% invented_tag True x %}", "", '<span class="tag invented">giả định</span>', '<span class="tag invented">invented</span>'),
        ("{% invented_tag True x 'Bai Boi' %}", "KCN Bãi Bồi (giả định)", '<span class="tag invented">giả định</span>', '<span class="tag invented">invented</span>'),
    ],
)  # fmt: skip
def test_figures_follow_the_readers_language(source, value, vi, en):
    assert render(source, x=value) == vi
    assert render(source, "en", x=value) == en


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("met", "✓ Đạt"),
        ("not_met", "✕ Không đạt"),
        ("undetermined", "? Chưa xác định"),
        ("not_applicable", "– Không áp dụng"),
    ],
)
def test_a_status_has_a_sign_and_a_word_besides_its_colour(status, words):
    badge = render("{% status_badge x %}", x=status)
    assert re.sub(r"<[^>]+>", "", badge) == words


def draw(lower, upper, threshold=0.2, status="undetermined", kind="share", unit="percent"):
    finding = SimpleNamespace(lower=lower, upper=upper, threshold=threshold, status=status)
    return render("{% scale f l %}", f=finding, l=SimpleNamespace(kind=kind, unit=unit))


def boxes(svg):
    root = ElementTree.fromstring(svg)
    return {
        child.get("class"): (float(child.get("x")), float(child.get("width")))
        for child in root
        if child.tag == "rect"
    }


def test_the_scale_runs_from_bound_to_bound_around_the_threshold():
    drawn = boxes(draw(0.159, 0.376))
    start, width = drawn["span"]
    mark = drawn["mark"][0]
    assert start < mark < start + width
    assert "15,9 %" in draw(0.159, 0.376)


def test_a_known_value_is_a_bar_from_zero():
    start, width = boxes(draw(0.214, 0.214, 0.25, "not_met"))["span"]
    assert start == 2
    assert start + width < boxes(draw(0.214, 0.214, 0.25, "not_met"))["mark"][0]


def test_an_open_end_runs_to_the_end_of_the_axis():
    drawn = boxes(draw(30, None, 50, kind="quantity", unit="ha"))
    assert sum(drawn["span"]) == pytest.approx(sum(drawn["axis"]))


def test_nothing_known_draws_the_threshold_alone():
    assert "span" not in boxes(draw(None, None))


@pytest.mark.parametrize(
    "values", [(0, 0, 0), (1e12, 1e12, 5), (0.2, 0.2, 0.2), (-3, -1, 2), (0, 1, 1)]
)
def test_every_scale_stays_inside_its_picture(values):
    lower, upper, threshold = values
    for start, width in boxes(draw(lower, upper, threshold, kind="quantity", unit="t")).values():
        assert start >= 0
        assert start + width <= 190


def test_a_condition_has_no_scale():
    assert draw(0, 1, kind="condition") == ""


def test_the_count_bar_shares_its_width_by_the_counts():
    svg = render("{% count_bar 7 1 4 0 %}")
    widths = [float(width) for width in re.findall(r'width="([\d.]+)%" height="14"/', svg)]
    assert widths == pytest.approx([100 * 7 / 12, 100 / 12, 100 * 4 / 12], abs=0.01)
    assert 'aria-label="7 đạt, 1 không đạt, 4 chưa xác định"' in svg


def test_a_bar_of_nothing_says_so():
    assert "chưa đánh giá" in render("{% count_bar 0 0 0 0 %}")


def test_nothing_drawn_carries_a_style():
    drawn = draw(0.1, 0.3) + render("{% count_bar 7 1 4 2 %}") + render("{% status_badge 'met' %}")
    assert "style" not in drawn


def test_what_people_typed_is_escaped():
    assert "<b>" not in render("{% status_badge x %}", x="<b>")
