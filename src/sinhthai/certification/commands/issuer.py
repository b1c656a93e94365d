"""``sinhthai issuer``: the signing keys of the authorities and of the register."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.accounts.models import Organisation
    from sinhthai.certification.models import IssuerKey

BAD_INPUT, NOTHING = 2, 1
issuer = typer.Typer(
    name="issuer", help="Signing keys of the issuing authorities.", no_args_is_help=True
)
Code = Annotated[str, typer.Argument(help="Code of the organisation; none with --register.")]
OfRegister = Annotated[bool, typer.Option("--register", help="The key of the register itself.")]
Lang = Annotated[str, typer.Option(help="vi or en.")]
_WIDTH = 150
_KEY = Text("Khóa", "Key")
_COLUMNS = (
    Text("Cơ quan", "Authority"),
    _KEY,
    Text("Tình trạng", "State"),
    Text("Từ", "From"),
    Text("Đến", "Until"),
    Text("Giấy chứng nhận", "Certificates"),
)
_REGISTER = Text("sổ đăng ký", "the register")
_STATES = {
    "signing": Text("đang dùng", "in use"),
    "retired": Text("đã thay", "rotated out"),
    "revoked": Text("bị mất, đã hủy", "stolen, revoked"),
}
_NONE = Text("Chưa có khóa nào.", "There is no key yet.")


def register(app: typer.Typer) -> None:
    """Add the verbs to *app*."""
    app.add_typer(issuer)


@issuer.command("create")
def create(code: Code = "", of_register: OfRegister = False, lang: Lang = "vi") -> None:
    """Create the key of an authority. The first one brings the key of the register with it."""
    with _told(lang):
        from django.utils import timezone

        from sinhthai.certification.actions.issuer import create_key

        _say(create_key(_organisation(code, of_register), at=timezone.now()), lang)


@issuer.command("rotate")
def rotate(code: Code = "", of_register: OfRegister = False, lang: Lang = "vi") -> None:
    """Retire the key in use and create the next. What the old one signed stays valid."""
    with _told(lang):
        from django.utils import timezone

        from sinhthai.certification.actions.issuer import rotate_key

        _say(rotate_key(_organisation(code, of_register), at=timezone.now()), lang)


@issuer.command("revoke")
def revoke(
    did: Annotated[str, typer.Argument(help="The key, did:key:z6Mk…; see: sinhthai issuer list.")],
    reason: Annotated[str, typer.Option(help="What happened to it.")],
    lang: Lang = "vi",
) -> None:
    """Hold a key to be stolen: only what the register lists counts as signed by it."""
    with _told(lang):
        from django.utils import timezone

        from sinhthai.certification.actions.issuer import revoke_key

        _say(revoke_key(did, reason=reason, at=timezone.now()), lang)


@issuer.command("list")
def list_keys(lang: Lang = "vi") -> None:
    """Every key there ever was. Exit code 1 where there is none."""
    with _told(lang):
        from django.db.models import Count
        from rich.console import Console
        from rich.table import Table

        from sinhthai.certification.engine.clocks import legal_day
        from sinhthai.certification.models import IssuerKey
        from sinhthai.foundation.numbers import format_date

        keys = IssuerKey.objects.select_related("organisation").annotate(n=Count("certificates"))
        table = Table()
        for column in _COLUMNS:  # a key is copied whole, however narrow the window is
            table.add_column(column.get(lang), no_wrap=column is _KEY)
        for key in keys.order_by("organisation__code", "id"):
            end = key.revoked_at or key.retired_at
            table.add_row(
                _name(key, lang),
                key.did,
                _state(key).get(lang),
                format_date(legal_day(key.created_at), lang),
                format_date(legal_day(end), lang) if end else "",
                str(key.n),
            )
        if not table.row_count:
            typer.echo(_NONE.get(lang), err=True)
            raise typer.Exit(NOTHING)
        Console(width=max(_WIDTH, Console().width), emoji=False).print(table, crop=False)


@issuer.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write issuers.json and status.json.")],
    lang: Lang = "vi",
) -> None:
    """Write what an offline verifier needs: whose keys are trusted, and how certificates stand."""
    with _told(lang):
        from django.utils import timezone

        from sinhthai.certification.readers.register import signed_file

        for name in ("issuers", "status"):
            path = folder / f"{name}.json"
            content = signed_file(name, timezone.now())
            try:
                path.write_bytes(content)
            except OSError as error:
                raise InputError([_not_written(path, error)]) from error
            typer.echo(str(path))


@contextmanager
def _told(lang: str) -> Iterator[None]:
    """Open the store, and say refusals in words with exit code 2."""
    import django

    django.setup()
    try:
        yield
    except InputError as error:
        for problem in error.problems:
            typer.echo(f"✕ {problem.say(lang)}", err=True)
        raise typer.Exit(BAD_INPUT) from None


def _organisation(code: str, of_register: bool) -> Organisation | None:
    from sinhthai.accounts.models import Organisation

    if of_register and not code:
        return None
    found = Organisation.objects.filter(code=code).first()
    if found is None or of_register:
        raise InputError([_no_organisation(code)])
    return found


def _say(key: IssuerKey, lang: str) -> None:
    typer.echo(f"{_name(key, lang)}  {key.did}  {_state(key).get(lang)}")


def _name(key: IssuerKey, lang: str) -> str:
    return key.organisation.code if key.organisation else _REGISTER.get(lang)


def _state(key: IssuerKey) -> Text:
    if key.revoked_at:
        return _STATES["revoked"]
    return _STATES["retired" if key.retired_at else "signing"]


def _no_organisation(code: str) -> Problem:
    return Problem(
        "no_organisation",
        Text("Không có tổ chức “{code}”.", "There is no organisation “{code}”.").format(code=code),
        Text(
            "Nêu mã của một cơ quan cấp, hoặc chỉ --register. Xem: sinhthai users list",
            "Name an issuing authority by its code, or --register alone. See: sinhthai users list",
        ),
    )


def _not_written(path: Path, error: OSError) -> Problem:
    return Problem(
        "not_written",
        Text("Không ghi được {path}: {why}.", "Cannot write {path}: {why}.").format(
            path=path, why=error.strerror
        ),
        Text("Chọn một thư mục có sẵn.", "Choose a folder that exists."),
    )
