"""Why a measure is suggested and what is missing, in words."""

from __future__ import annotations

from collections.abc import Mapping

from sinhthai.efficiency.engine.model import Confidence, Figure, Measure
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text

CONFIDENCE: Mapping[Confidence, Text] = {
    "seen": Text("đã thấy trong nguồn", "seen in the source"),
    "partly": Text("thấy một phần trong nguồn", "partly seen in the source"),
    "memory": Text("theo trí nhớ, chưa thấy nguồn", "from memory, no source seen"),
}
AT_MOST = Text(
    "Chưa đo riêng mục này: con số là trần, như thể toàn bộ lượng dùng đều cho mục này.",
    "The use is not metered by itself: a ceiling, as if all of the carrier served it.",
)
NO_SHARE = Text(
    "Nguồn không cho tỷ lệ tiết kiệm: tính bằng công cụ của giải pháp.",
    "The source gives no share: size it with its calculator.",
)
MOVED_ONLY = Text(
    "Chỉ chuyển giờ: không giảm điện, không ghi giảm CO2.",
    "Load is moved: no energy is saved and no CO2 is credited.",
)
SMALL = Text(
    "Vốn lớn (trên 50 nghìn USD) so với doanh nghiệp nhỏ: xếp sau.",
    "Costly (above 50 thousand USD) for a small enterprise: it stands later.",
)
NOT_METERED = Text("số đo riêng của {use}", "a measurement of {use}")
NOT_METERED_ENERGY = Text("số liệu về {use}", "figures of {use}")
NO_PRICE = Text("giá của {carrier}", "the price of {carrier}")
NO_CO2 = Text("hệ số phát thải của {carrier}", "the emission factor of {carrier}")
_PLAIN: Mapping[str, Text] = {
    "practice": Text("kinh nghiệm kỹ sư", "engineers' practice"),
    "vendor": Text("nhà cung cấp thiết bị hơi", "vendors of steam equipment"),
}
_SECTOR = Text("Giải pháp của ngành {sector}.", "A measure of sector {sector}.")
_SAVING = Text(
    "Thường tiết kiệm {share} của {use}{per}; {source} ({confidence}).",
    "Typically saves {share} of {use}{per}; {source} ({confidence}).",
)
_UNKNOWN_SAVING = Text(
    "Tác động lên {use}; {source} ({confidence}).", "Acts on {use}; {source} ({confidence})."
)
_PER = Text(" cho mỗi {step}", " for each {step}")
_POINT = Text("điểm độ khô", "point of dryness")
_PAYBACK = Text(
    "Hoàn vốn {years} năm ({confidence}).", "Pays back in {years} years ({confidence})."
)
_AT_ONCE = Text("Hoàn vốn ngay ({confidence}).", "Pays back at once ({confidence}).")
_NO_PAYBACK = Text("Chưa biết thời gian hoàn vốn.", "Its payback is not known.")
_UP_TO, _AT_LEAST = Text("tới {high}", "up to {high}"), Text("từ {low}", "{low} or more")


def say_sector(sector: str) -> Text:
    """Say that a measure is one of the sector."""
    return _SECTOR.format(sector=sector)


def say_need(need: Text) -> Text:
    """Say what must be measured."""
    return need


def say_saving(measure: Measure, use: Text, sources: Mapping[str, str]) -> Text:
    """Say the share with its source and how sure it is."""
    source = say_sources(measure.saving, sources)
    confidence = CONFIDENCE[measure.saving.confidence]
    if not measure.saving.is_known:
        return _UNKNOWN_SAVING.format(use=use, source=source, confidence=confidence)
    return _SAVING.format(
        share=say_range(measure.saving, 100.0, " %"),
        use=use,
        per=_PER.format(step=say_step(measure.per)) if measure.per else Text("", ""),
        source=source,
        confidence=confidence,
    )


def say_sources(figure: Figure, sources: Mapping[str, str]) -> Text:
    """Say where a figure is from; titles of publications stay as they are."""
    said = [_PLAIN.get(key, Text(sources[key], sources[key])) for key in figure.source.split(";")]
    return Text("; ".join(one.vi for one in said), "; ".join(one.en for one in said))


def say_payback(measure: Measure) -> Text:
    """Say the payback with how sure it is."""
    figure = measure.payback
    confidence = CONFIDENCE[figure.confidence]
    if not figure.is_known:
        return _NO_PAYBACK
    if figure.typical == 0:
        return _AT_ONCE.format(confidence=confidence)
    return _PAYBACK.format(years=say_range(figure), confidence=confidence)


def say_step(per: str) -> Text:
    """Say of what one step the share is.

    >>> say_step("3 K").en, say_step("1 point").vi
    ('3 K', '1 điểm độ khô')
    """
    number, _, unit = per.partition(" ")
    word = _POINT if unit == "point" else Text(unit, unit)
    return Text(f"{number} {word.vi}", f"{number} {word.en}")


def say_range(figure: Figure, times: float = 1.0, unit: str = "") -> Text:
    """Say a figure as people write it.

    >>> say_range(Figure(0.2, None, 0.5, "", "memory"), 100.0, " %").en
    '20–50 %'
    >>> say_range(Figure(None, None, 2.0, "", "seen")).vi
    'tới 2'
    >>> say_range(Figure(None, 0.3, 0.95, "", "seen"), 100.0, " %").en
    '30 %, up to 95 %'
    """

    def said(value: float | None) -> Text:
        if value is None:
            return Text("", "")
        rounded = round(value * times, 2)
        return Text(*(format_number(rounded, language) + unit for language in ("vi", "en")))

    low, typical, high = said(figure.low), said(figure.typical), said(figure.high)
    if figure.low is not None and figure.high is not None:
        return Text(
            f"{low.vi.removesuffix(unit)}–{high.vi}", f"{low.en.removesuffix(unit)}–{high.en}"
        )
    if figure.high is not None:
        upper = _UP_TO.format(high=high)
        if figure.typical is None:
            return upper
        return Text(f"{typical.vi}, {upper.vi}", f"{typical.en}, {upper.en}")
    if figure.low is not None:
        return _AT_LEAST.format(low=low)
    return typical if figure.is_known else Text("–", "–")
