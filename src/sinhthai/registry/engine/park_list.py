"""Judge an uploaded list of parks against the register."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from sinhthai.foundation.text import Text
from sinhthai.registry.engine.columns import PARK_COLUMNS
from sinhthai.registry.engine.headings import RawList
from sinhthai.registry.engine.preview import (
    Given,
    Line,
    Preview,
    check_point,
    slug_of,
    typed_lines,
)
from sinhthai.registry.engine.tax_code import BadTaxCode, parse_tax_code
from sinhthai.registry.engine.territory import (
    MERGER,
    Unit,
    find_units,
    province_on,
    provinces_on,
)

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = frozenset({"import", "export", "template"})  # they are addresses of the site
_AS_OF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_AREA = ("area_ha", "area_as_of", "area_source", "area_confidence")
AreaFacts = Collection[tuple[object, str, str]]


def preview_parks(
    raw: RawList,
    stored: Mapping[str, Given],
    *,
    may_write: Callable[[str], bool],
    may_add: Callable[[str], bool],
    today: dt.date,
    areas: Mapping[str, AreaFacts] = MappingProxyType({}),
) -> Preview:
    """Return what *raw* would do to the parks in *stored* (code -> values by column).

    *may_write* is asked with a park's code, *may_add* with a province code of today. Provinces are
    kept as ``code`` in ``province`` and ``province_before``. *areas* holds every area a source gave
    (hectares, date, source), so that one kept beside the current one is not new again.
    """
    entries = []
    seen: dict[str, Line] = {}
    for line in typed_lines(raw, PARK_COLUMNS):
        code = line.text("code").lower()
        line.given["code"] = code
        known = stored.get(code)
        _check_code(line, code, seen)
        if known is None:
            _check_new(line)
        elif not may_write(code):
            line.refuse(
                "code",
                "park-not-yours",
                Text(f"bạn không được sửa “{code}”", f"you may not change “{code}”"),
                Text("bỏ dòng này", "remove this line"),
            )
        _check_provinces(line, known)
        if known is None and not line.is_refused and not may_add(line.text("province")):
            line.refuse(
                "province",
                "park-not-yours",
                Text(
                    "bạn không được thêm khu ở tỉnh này", "you may not add parks in this province"
                ),
                Text("bỏ dòng này", "remove this line"),
            )
        check_point(line)
        _check_rest(line, known, today)
        told = (line.given.get("area_ha"), line.text("area_as_of"), line.text("area_source"))
        kept = frozenset(_AREA) if told in areas.get(code, ()) else frozenset[str]()
        entries.append(line.entry(code, known, ignore=kept))
    return Preview(tuple(entries), raw.warnings)


def _check_code(line: Line, code: str, seen: dict[str, Line]) -> None:
    suggestion = slug_of(line.text("name_vi"), drop=("khu cong nghiep", "kcn")) or "hiep-phuoc"
    if not code:
        line.refuse(
            "code",
            "code-missing",
            Text("thiếu mã khu công nghiệp", "the park code is missing"),
            Text(f"ghi mã, ví dụ {suggestion}", f"write a code, for example {suggestion}"),
        )
    elif not _CODE.fullmatch(code) or len(code) > 64 or code in _RESERVED:
        line.refuse(
            "code",
            "code-form",
            Text(f"“{code}” không dùng làm mã được", f"“{code}” cannot be a code"),
            Text(
                f"chữ thường không dấu, số, gạch nối; ví dụ {suggestion}",
                f"small letters, digits, hyphens; for example {suggestion}",
            ),
        )
    elif code in seen:
        first = seen[code].row.at("code")
        line.refuse(
            "code",
            "code-twice",
            Text(f"mã “{code}” đã có ở {first}", f"the code “{code}” already stands at {first}"),
            Text("giữ một dòng", "keep one of the lines"),
        )
    else:
        seen[code] = line


def _check_new(line: Line) -> None:
    for key, words in (
        ("name_vi", Text("tên tiếng Việt", "Vietnamese name")),
        ("province", Text("tỉnh, thành phố", "province")),
    ):
        if key not in line.given and not any(p.place == line.row.at(key) for p in line.problems):
            line.refuse(
                key,
                f"{key}-missing".replace("_vi", ""),
                Text(f"khu mới, thiếu {words.vi}", f"a new park without its {words.en}"),
                Text("điền ô này, hoặc kiểm tra mã", "fill in this cell, or check the code"),
            )


def _check_provinces(line: Line, known: Given | None) -> None:
    """Turn province names into codes; the older one must have gone into the newer one."""
    now = _province(line, "province", MERGER)
    before = _province(line, "province_before", MERGER - dt.timedelta(days=1))
    if now:
        line.given["province"] = now.code
    if before is None:
        return
    line.given["province_before"] = before.code
    current = now.code if now else (known or {}).get("province")
    after = province_on(before, MERGER)
    if current and after and after.code != current:
        line.refuse(
            "province_before",
            "province-mismatch",
            Text(
                f"{before.name} đã nhập vào {after.name} từ 01/7/2025",
                f"{before.name} went into {after.name} on 1 July 2025",
            ),
            Text(
                f"ghi {after.name} ở cột tỉnh, hoặc sửa tỉnh cũ",
                f"write {after.name} as the province, or mend the older one",
            ),
        )


def _province(line: Line, key: str, day: dt.date) -> Unit | None:
    name = line.text(key)
    if not name:
        return None
    found = find_units(name, on=day)
    if found:
        return found[0]
    older = find_units(name, on=MERGER - dt.timedelta(days=1))
    if key == "province" and older:
        after = province_on(older[0], MERGER)
        assert after is not None  # forward in time there is always an answer
        line.refuse(
            key,
            "province-merged",
            Text(
                f"{older[0].name} đã nhập vào {after.name} từ 01/7/2025",
                f"{older[0].name} went into {after.name} on 1 July 2025",
            ),
            Text(
                f"ghi {after.name}; ghi {older[0].name} ở cột tỉnh trước 01/7/2025",
                f"write {after.name}; put {older[0].name} in the column of the older province",
            ),
        )
        return None
    names = [unit.name for unit in provinces_on(day).values()]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    line.refuse(
        key,
        "province-unknown",
        Text(f"không có tỉnh, thành phố “{name}”", f"no province is called “{name}”"),
        Text(f"có phải là {near[0]}?", f"did you mean {near[0]}?")
        if near
        else Text("ghi tên hoặc mã tỉnh", "write the name or code of a province"),
    )
    return None


def _check_rest(line: Line, known: Given | None, today: dt.date) -> None:
    if raw := line.text("operator_tax_code"):
        try:
            line.given["operator_tax_code"] = parse_tax_code(raw)
        except BadTaxCode as error:
            line.refuse(
                "operator_tax_code",
                "tax-code",
                error.text,
                Text("kiểm tra trên giấy đăng ký", "check the registration papers"),
            )
    if "operator_tax_code" in line.given and not (
        line.text("operator") or (known or {}).get("operator")
    ):
        line.refuse(
            "operator",
            "operator-missing",
            Text(
                "có mã số thuế nhưng thiếu tên nhà đầu tư", "a tax code without the operator's name"
            ),
            Text("ghi tên nhà đầu tư", "write the operator's name"),
        )
    day = line.given.get("established_on")
    if isinstance(day, dt.date) and day > today:
        line.refuse(
            "established_on",
            "date-in-future",
            Text("ngày thành lập ở tương lai", "the date of establishment lies in the future"),
            Text("kiểm tra năm", "check the year"),
        )
    _check_area(line, known)


def _check_area(line: Line, known: Given | None) -> None:
    """A new area is a new sourced fact: it needs its source."""
    area = line.given.get("area_ha")
    if isinstance(area, int | float) and not 0 < area < 100_000:
        line.refuse(
            "area_ha",
            "area-size",
            Text(f"diện tích {area} ha không hợp lý", f"an area of {area} ha is not plausible"),
            Text("ghi bằng héc-ta", "write it in hectares"),
        )
    as_of = line.text("area_as_of")
    if as_of and not _AS_OF.fullmatch(as_of):
        line.refuse(
            "area_as_of",
            "as-of-form",
            Text(f"“{as_of}” không phải là thời điểm", f"“{as_of}” is not a point in time"),
            Text("ghi 2023, 2023-09 hoặc 2023-09-17", "write 2023, 2023-09 or 2023-09-17"),
        )
    changed = any(key in line.given and line.given[key] != (known or {}).get(key) for key in _AREA)
    if changed and not (area and line.text("area_source")):
        line.refuse(
            "area_source",
            "area-source",
            Text("diện tích mới mà thiếu nguồn", "a new area without its source"),
            Text("ghi cả diện tích và nguồn", "give both the area and its source"),
        )
