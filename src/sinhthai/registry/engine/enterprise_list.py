"""Judge an uploaded list of enterprises against the register."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sinhthai.foundation.text import Text
from sinhthai.registry.engine.columns import ENTERPRISE_COLUMNS
from sinhthai.registry.engine.headings import RawList
from sinhthai.registry.engine.preview import (
    Given,
    Line,
    Preview,
    check_point,
    slug_of,
    typed_lines,
)
from sinhthai.registry.engine.statuses import Statuses, check_status
from sinhthai.registry.engine.tax_code import BadTaxCode, parse_tax_code
from sinhthai.registry.engine.vsic import check_vsic

_CODE = re.compile(r"[A-Za-z0-9]+([-_][A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Register:
    """What the judgement needs of the store.

    ``enterprises``: code -> values by column; ``histories``: code -> statuses by day;
    ``tax_codes``: tax code -> code, of the whole register; ``parks``: every park code.
    """

    enterprises: Mapping[str, Given]
    histories: Mapping[str, Statuses]
    tax_codes: Mapping[str, str]
    codes: frozenset[str]
    parks: Sequence[str]


def preview_enterprises(
    raw: RawList,
    register: Register,
    *,
    park: str = "",
    may_write: Callable[[str], bool],
    today: dt.date,
) -> Preview:
    """Return what *raw* would do; *park* is where lines without a park belong.

    A line is matched by its code, else by its tax code. An enterprise does not move between
    parks by a list, and nothing is said of one in a park the person may not change.
    """
    entries = []
    by_code: dict[str, Line] = {}
    by_tax_code: dict[str, Line] = {}
    for line in typed_lines(raw, ENTERPRISE_COLUMNS):
        _check_tax_code(line, by_tax_code)
        where = _check_park(line, park, register, may_write)
        code = _code_of(line, where, register)
        known = register.enterprises.get(code)
        line.given["code"] = code
        if not line.is_refused:
            _check_identity(line, code, where, known, register, by_code)
        if known is None and not line.text("name_vi"):
            line.refuse(
                "name_vi",
                "name-missing",
                Text("doanh nghiệp mới mà thiếu tên", "a new enterprise without its name"),
                Text("điền tên, hoặc kiểm tra mã", "fill in the name, or check the code"),
            )
        check_point(line)
        if raw_code := line.text("vsic"):
            line.given["vsic"], problem = check_vsic(raw_code)
            if problem:
                line.note("vsic", problem)
        _check_statuses(line, register.histories.get(code, ()), today)
        entries.append(line.entry(code, known, ignore=_already(line, code, register)))
    return Preview(tuple(entries), raw.warnings)


def _check_tax_code(line: Line, seen: dict[str, Line]) -> None:
    raw = line.text("tax_code")
    if not raw:
        return
    try:
        tax_code = parse_tax_code(raw)
    except BadTaxCode as error:
        line.refuse(
            "tax_code",
            "tax-code",
            error.text,
            Text("kiểm tra trên giấy đăng ký", "check the registration papers"),
        )
        return
    line.given["tax_code"] = tax_code
    if tax_code in seen:
        first = seen[tax_code].row.at("tax_code")
        line.refuse(
            "tax_code",
            "tax-code-twice",
            Text(
                f"mã số thuế {tax_code} đã có ở {first}",
                f"the tax code {tax_code} already stands at {first}",
            ),
            Text("giữ một dòng", "keep one of the lines"),
        )
    seen.setdefault(tax_code, line)


def _check_park(line: Line, park: str, register: Register, may_write: Callable[[str], bool]) -> str:
    given = line.text("park").lower()
    where = given or park
    if not where:
        line.refuse(
            "park",
            "park-missing",
            Text("thiếu mã khu công nghiệp", "the park code is missing"),
            Text("ghi mã khu công nghiệp", "write the code of the park"),
        )
    elif where not in register.parks:
        near = difflib.get_close_matches(where, register.parks, n=1, cutoff=0.5)
        line.refuse(
            "park",
            "park-unknown",
            Text(f"không có khu công nghiệp “{where}”", f"no park has the code “{where}”"),
            Text(f"có phải là {near[0]}?", f"did you mean {near[0]}?")
            if near
            else Text(
                "xem mã trong danh sách khu công nghiệp", "see the codes in the list of parks"
            ),
        )
    elif (park and where != park) or not may_write(where):
        line.refuse(
            "park",
            "park-not-yours",
            Text(f"dòng này thuộc khu “{where}”", f"this line belongs to the park “{where}”"),
            Text("bỏ dòng này, hoặc nhập ở khu đó", "remove it, or import it at that park"),
        )
    if where:
        line.given["park"] = where
    return where


def _code_of(line: Line, park: str, register: Register) -> str:
    """Return the code given, that of the same tax code, the tax code, or one made of the name."""
    tax_code = line.text("tax_code")
    return (
        line.text("code")
        or register.tax_codes.get(tax_code, "")
        or tax_code
        or f"{park}-{slug_of(line.text('name_vi'))}"[:64].strip("-")
    )


def _check_identity(
    line: Line,
    code: str,
    where: str,
    known: Given | None,
    register: Register,
    seen: dict[str, Line],
) -> None:
    tax_code = line.text("tax_code")
    owner = register.tax_codes.get(tax_code, code)
    if not _CODE.fullmatch(code):
        line.refuse(
            "code",
            "code-form",
            Text(f"“{code}” không dùng làm mã được", f"“{code}” cannot be a code"),
            Text("chữ không dấu, số, gạch nối", "plain letters, digits, hyphens"),
        )
    elif code in seen:
        first = seen[code].row.at("code")
        line.refuse(
            "code",
            "code-twice",
            Text(f"mã “{code}” đã có ở {first}", f"the code “{code}” already stands at {first}"),
            Text("giữ một dòng", "keep one of the lines"),
        )
    elif tax_code and owner != code:
        line.refuse(
            "tax_code",
            "tax-code-taken",
            Text(
                f"mã số thuế {tax_code} thuộc doanh nghiệp khác trong danh bạ",
                f"the tax code {tax_code} belongs to another enterprise of the register",
            ),
            Text("kiểm tra mã số thuế", "check the tax code"),
        )
    elif (known is None and code in register.codes) or (known and known.get("park") != where):
        line.refuse(
            "park",
            "enterprise-elsewhere",
            Text(
                f"doanh nghiệp {code} đã thuộc khu công nghiệp khác",
                f"the enterprise {code} already belongs to another park",
            ),
            Text(
                "ghi chấm dứt ở khu cũ, dùng mã khác ở khu này",
                "record it as closed there and give it another code here",
            ),
        )
    seen.setdefault(code, line)


def _check_statuses(line: Line, history: Statuses, today: dt.date) -> None:
    status, since = line.given.get("status"), line.given.get("status_since")
    opened = line.given.get("operating_since")
    if isinstance(opened, dt.date):
        for problem in check_status(history, "operating", opened, today=today):
            line.note("operating_since", problem)
        history = [*history, (opened, "operating")]
    if (status is None) != (since is None):
        missing = "status_since" if since is None else "status"
        line.refuse(
            missing,
            "status-half",
            Text("tình trạng và ngày phải đi cùng nhau", "a status and its day go together"),
            Text("điền cả hai ô, hoặc để trống cả hai", "fill in both cells, or neither"),
        )
    elif isinstance(since, dt.date):
        for problem in check_status(history, str(status), since, today=today):
            line.note("status_since", problem)
        if since == opened and status != "operating":
            line.refuse(
                "operating_since",
                "status-two-a-day",
                Text("hai tình trạng trong một ngày", "two statuses on one day"),
                Text("kiểm tra hai ngày này", "check these two days"),
            )


def _already(line: Line, code: str, register: Register) -> frozenset[str]:
    """Return the status columns that say what the history already holds, on whatever day."""
    history = dict(register.histories.get(code, ()))
    same: set[str] = set()
    since, opened = line.given.get("status_since"), line.given.get("operating_since")
    if isinstance(since, dt.date) and history.get(since) == line.given.get("status"):
        same |= {"status", "status_since"}
    if isinstance(opened, dt.date) and history.get(opened) == "operating":
        same.add("operating_since")
    return frozenset(same)
