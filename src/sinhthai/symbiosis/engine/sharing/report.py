"""A split in sentences and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.sharing.split import Split, names_of

_MILLION = 1e6


def money(value: float) -> Text:
    """Return VND a year in millions, both languages.

    >>> money(1_234_500_000.0).en
    '1,234.5'
    """
    rounded = round(value / _MILLION, 1 if abs(value) < 1e10 else 0)
    return Text(format_number(rounded, "vi"), format_number(rounded, "en"))


def sentences(split: Split) -> Iterator[Text]:
    """Yield what a facilitator has to know: does it hold, who objects, what would cure it."""
    stable = split.stable
    if stable is None:
        yield Text(
            "Nhiều đối tác nên giá trị Shapley được ước lượng bằng lấy mẫu (sai số chuẩn ở cột ±); "
            "chưa xét được có cách chia bền vững hay không.",
            "With so many partners the Shapley value is sampled (standard error in column ±); "
            "whether a stable split exists is not examined.",
        )
        return
    if stable.exists:
        yield Text(
            "Có cách chia bền vững: không nhóm nào tự làm riêng mà được hơn (nucleolus là một).",
            "A stable split exists: no group does better by itself (the nucleolus is one).",
        )
    else:
        yield Text(
            "Không có cách chia nào bền vững: luôn có nhóm tự làm riêng được hơn. Cần hỗ trợ từ "
            "ngoài ít nhất {subsidy} triệu đồng/năm.",
            "No stable split exists: some group always does better by itself. It takes at least "
            "{subsidy} million VND a year from outside.",
        ).format(subsidy=money(stable.subsidy))
        groups = "; ".join(
            " + ".join(names_of(split.partners, mask)) for mask, _ in stable.blocking
        )
        yield Text(
            "Các nhóm không thể cùng hài lòng: {groups}.",
            "Groups that cannot all be content: {groups}.",
        ).format(groups=groups)
    if split.shapley_holds:
        yield Text(
            "Với cách chia Shapley không nhóm nào phản đối.", "Nobody objects to the Shapley split."
        )
    for group, more in split.objecting:
        yield Text(
            "Với cách chia Shapley, {group} tự làm riêng được hơn {more} triệu đồng/năm.",
            "Under the Shapley split, {group} would earn {more} million VND a year more alone.",
        ).format(group=" + ".join(group), more=money(more))


def as_data(split: Split, notes: tuple[Text, ...], language: str) -> dict[str, Any]:
    """Return *split* as dictionaries and lists, VND a year; what is not known is null."""
    nucleolus = split.nucleolus.tolist() if split.nucleolus is not None else None
    stable = split.stable
    return {
        "unit": "VND/year",
        "total": split.total,
        "exact": stable is not None,
        "partners": [
            {
                "partner": name,
                "alone": float(split.alone[at]),
                "shapley": float(split.shapley[at]),
                "standard_error": float(split.error[at]),
                "nucleolus": nucleolus[at] if nucleolus is not None else None,
            }
            for at, name in enumerate(split.partners)
        ],
        "stable": None
        if stable is None
        else {
            "exists": stable.exists,
            "least_gain": stable.least_gain,
            "subsidy": stable.subsidy,
            "blocking": [
                {"group": list(names_of(split.partners, mask)), "weight": weight}
                for mask, weight in stable.blocking
            ],
        },
        "shapley_holds": split.shapley_holds,
        "objecting": [
            {"group": list(group), "more_alone": more} for group, more in split.objecting
        ],
        "departures": [
            {
                "partner": gone.partner,
                "others_earn": gone.left,
                "others_lose": gone.lost,
                "shares_then": gone.shares,
            }
            for gone in split.departures
        ],
        "notes": [note.get(language) for note in (*sentences(split), *notes)],
    }
