"""``sinhthai verify FILE``: is this certificate genuine, and does it hold? Offline or online."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.certification.engine.issuers import Issuers
    from sinhthai.certification.engine.status import Register
    from sinhthai.certification.engine.verify import Verdict

BAD_INPUT, NOT_VALID = 2, 1
_LARGEST = 30 * 1024 * 1024
_WAIT = 20  # seconds for a register to answer
_LABELS = {
    "number": Text("Số", "No."),
    "holder": Text("Cấp cho", "Holder"),
    "issuer": Text("Cơ quan cấp", "Issuer"),
    "issued": Text("Ngày cấp", "Issued on"),
    "until": Text("Có hiệu lực đến hết", "Holds until the end of"),
    "page": Text("Trang công khai", "Public page"),
    "asked": Text("Sổ đăng ký lúc", "Register as of"),
    "override": Text("Ngoại lệ pháp lý", "Legal override"),
}


def register(app: typer.Typer) -> None:
    """Add the verbs to *app*."""
    app.command("verify")(verify)


def verify(
    file: Annotated[Path, typer.Argument(help="The certificate: PDF or JSON.")],
    issuers: Annotated[
        Path | None, typer.Option(help="issuers.json of the register: whose keys are trusted.")
    ] = None,
    status: Annotated[
        Path | None, typer.Option(help="status.json of the register: how certificates stand.")
    ] = None,
    site: Annotated[
        str, typer.Option("--register", help="Ask this register, https://…, instead of files.")
    ] = "",
    today: Annotated[str, typer.Option(help="The legal day, e.g. 2031-11-22; else today.")] = "",
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Say whether a certificate is genuine and holds.

    With --issuers (and --status) nothing but the files is needed: no store, no network. With
    --register the register of that address is asked; with neither, the store of this machine.

    Exit code 0: valid; 1: not valid; 2: bad input.
    """
    from sinhthai.certification.engine import verify as engine

    try:
        if form not in ("text", "json"):
            raise InputError([_no_form(form)])
        day = _day(today)
        content = _read(file)
        trusted, register = _trusted(issuers, status, site)
        verdict = engine.verify(content, issuers=trusted, register=register, today=day)
    except InputError as error:
        for problem in error.problems:
            typer.echo(f"✕ {problem.say(lang)}", err=True)
        raise typer.Exit(BAD_INPUT) from None
    if form == "json":
        import json

        typer.echo(json.dumps(_as_object(verdict, lang), ensure_ascii=False, indent=2))
    else:
        _print(verdict, lang)
    raise typer.Exit(0 if verdict.is_valid else NOT_VALID)


def _trusted(
    issuers: Path | None, status: Path | None, site: str
) -> tuple[Issuers, Register | None]:
    """Return whose keys are trusted and how certificates stand, from where the person says."""
    from sinhthai.certification.engine.canonical import parse
    from sinhthai.certification.engine.issuers import read_issuers
    from sinhthai.certification.engine.status import read_register

    if site:
        if issuers or status:
            raise InputError([_two_sources()])
        base = site.rstrip("/")
        trusted = read_issuers(_object(parse(_fetch(f"{base}/certificates/issuers.json"))))
        return trusted, read_register(
            _object(parse(_fetch(f"{base}/certificates/status.json"))), trusted
        )
    if issuers is None:
        if status is not None:
            raise InputError([_no_issuers()])
        return _of_store()
    trusted = read_issuers(_object(parse(_read(issuers))))
    if status is None:
        return trusted, None
    return trusted, read_register(_object(parse(_read(status))), trusted)


def _of_store() -> tuple[Issuers, Register]:
    import django

    django.setup()
    from django.db import DatabaseError
    from django.utils import timezone

    from sinhthai.certification.readers.register import read_issuers, read_register

    now = timezone.now()
    try:
        return read_issuers(now), read_register(now)
    except DatabaseError:
        raise InputError([_no_issuers()]) from None


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError([_too_large(path)])
        return path.read_bytes()
    except OSError as error:
        raise InputError([_not_read(path, error)]) from error


def _fetch(url: str) -> bytes:
    """Return what *url* answers. Plain http only to this machine: else anybody could answer."""
    from http.client import HTTPException
    from urllib.parse import urlsplit
    from urllib.request import urlopen

    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise InputError([_not_safe(url)])
    try:
        with urlopen(url, timeout=_WAIT) as answer:  # noqa: S310  https, or this machine
            return bytes(answer.read(_LARGEST))
    except (OSError, HTTPException, ValueError) as error:
        raise InputError([_no_answer(url, error)]) from error


def _day(today: str) -> dt.date:
    if not today:
        from sinhthai.certification.engine.clocks import legal_day

        return legal_day(dt.datetime.now(dt.UTC))
    try:
        return dt.date.fromisoformat(today)
    except ValueError:
        raise InputError([_no_day(today)]) from None


def _print(verdict: Verdict, lang: str) -> None:
    from rich.console import Console

    from sinhthai.certification.engine.verify_words import OUTCOME_NAMES
    from sinhthai.foundation.numbers import format_date

    console = Console(highlight=False, soft_wrap=True, emoji=False)  # did:key: is no picture
    sign, style = ("✓", "green") if verdict.is_valid else ("✕", "red")
    if verdict.is_valid and (verdict.questioned_since or verdict.entry is None):
        sign, style = "!", "yellow"
    name = OUTCOME_NAMES[verdict.outcome].get(lang)
    console.print(f"{sign} {name}", style=f"bold {style}", markup=False)
    for reason in verdict.reasons:
        console.print(f"  {reason.get(lang)}", markup=False)
    facts = verdict.facts
    if facts is None:
        return
    rows = [
        ("number", facts.number),
        ("holder", facts.holder.get(lang)),
        ("issuer", facts.issuer.get(lang)),
        ("issued", format_date(facts.issued_on, lang)),
        ("until", format_date(facts.last_day, lang)),
        ("page", facts.url),
    ]
    if verdict.status_at:
        rows.append(("asked", f"{verdict.status_at.isoformat(timespec='minutes')}"))
    rows += [("override", f"{one.leaf}: {one.clause}. {one.reason}") for one in facts.overrides]
    for key, said in rows:
        console.print(f"  {_LABELS[key].get(lang)}: {said}", markup=False)


def _as_object(verdict: Verdict, lang: str) -> dict[str, Any]:
    facts = verdict.facts
    return {
        "outcome": verdict.outcome,
        "reasons": [reason.get(lang) for reason in verdict.reasons],
        "digest": verdict.digest,
        "register_at": verdict.status_at.isoformat() if verdict.status_at else None,
        "criterion_broken_since": verdict.questioned_since.isoformat()
        if verdict.questioned_since
        else None,
        "certificate": {
            "number": facts.number,
            "holder": facts.holder.get(lang),
            "issuer": facts.issuer.get(lang),
            "issued_on": facts.issued_on.isoformat(),
            "last_day": facts.last_day.isoformat(),
            "url": facts.url,
            "overrides": [one.leaf for one in facts.overrides],
            "invented": facts.invented,
        }
        if facts
        else None,
    }


def _problem(code: str, message: Text, cure: Text, file: str = "") -> Problem:
    return Problem(code, message, cure, Place(file=file))


def _not_read(path: Path, error: OSError) -> Problem:
    return _problem(
        "not_read",
        Text("Không đọc được tệp: {why}.", "Cannot read the file: {why}.").format(
            why=error.strerror
        ),
        Text("Kiểm tra đường dẫn.", "Check the path."),
        str(path),
    )


def _too_large(path: Path) -> Problem:
    return _problem(
        "too_large",
        Text("Tệp lớn hơn 30 MB.", "The file is larger than 30 MB."),
        Text("Chọn tệp giấy chứng nhận.", "Choose the file of the certificate."),
        str(path),
    )


def _no_form(form: str) -> Problem:
    return _problem(
        "no_such_form",
        Text("Không có dạng “{form}”.", "There is no form “{form}”.").format(form=form),
        Text("Chọn text hoặc json.", "Choose text or json."),
    )


def _no_day(today: str) -> Problem:
    return _problem(
        "no_such_day",
        Text("Không có ngày “{day}”.", "There is no day “{day}”.").format(day=today),
        Text("Viết ngày như 2031-11-22.", "Write the day as 2031-11-22."),
    )


def _no_issuers() -> Problem:
    return _problem(
        "no_issuers",
        Text(
            "Không biết tin khóa của ai: ở đây không có kho dữ liệu, cũng không nêu --issuers.",
            "Whose keys to trust is not known: there is no store here, and --issuers is not given.",
        ),
        Text(
            "Tải /certificates/issuers.json của sổ đăng ký rồi thêm --issuers, hoặc --register.",
            "Take /certificates/issuers.json of the register and add --issuers, or --register.",
        ),
    )


def _two_sources() -> Problem:
    return _problem(
        "two_sources",
        Text(
            "Nêu cả --register lẫn tệp: chỉ được một nguồn.",
            "Both --register and files are given: only one source can be asked.",
        ),
        Text("Bỏ một trong hai.", "Leave one of them out."),
    )


def _not_safe(url: str) -> Problem:
    return _problem(
        "not_safe",
        Text("Địa chỉ {url} không phải https.", "The address {url} is not https.").format(url=url),
        Text("Dùng địa chỉ https của sổ đăng ký.", "Use the https address of the register."),
    )


def _no_answer(url: str, error: Exception) -> Problem:
    return _problem(
        "no_answer",
        Text("Sổ đăng ký không trả lời: {url} ({why}).", "No answer from {url} ({why}).").format(
            url=url, why=error
        ),
        Text(
            "Kiểm tra địa chỉ và mạng, hoặc dùng --issuers và --status với tệp đã tải.",
            "Check address and network, or use --issuers and --status with files taken before.",
        ),
    )
