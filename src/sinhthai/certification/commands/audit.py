"""``sinhthai audit check``: is the chain of what happened whole?"""

from __future__ import annotations

from typing import Annotated

import typer

from sinhthai.foundation.text import Text

_WHOLE = Text("Chuỗi sự kiện nguyên vẹn: {seq} mắt xích.", "The chain is whole: {seq} links.")
_BROKEN = Text("Chuỗi sự kiện đã bị can thiệp:", "The chain was tampered with:")
_HEAD = Text("Điểm cuối: {seq} {hash}", "Head: {seq} {hash}")
_KEEP = Text(
    "Ghi lại mã này ở nơi khác để lần sau kiểm tra với --expect.",
    "Write this hash down elsewhere, to check against with --expect next time.",
)
_BAD_HASH = Text(
    "--expect phải là 64 chữ số thập lục phân.", "--expect must be 64 hexadecimal digits."
)


def register(app: typer.Typer) -> None:
    """Add the verbs to *app*."""
    audit = typer.Typer(
        help="The chain of what happened to dossiers and certificates.", no_args_is_help=True
    )
    audit.callback()(_only_group)
    audit.command("check")(check)
    app.add_typer(audit, name="audit")


def _only_group() -> None:
    """Keep ``check`` a verb of its own while it is the only one."""


def check(
    expect: Annotated[
        str, typer.Option(help="A head written down earlier; it must be part of the chain.")
    ] = "",
    files: Annotated[
        bool, typer.Option("--files", help="Read every stored file too, byte for byte.")
    ] = False,
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Check every link of the chain, its head, and that the store agrees with it.

    Exit codes: 0 whole, 1 something was changed, removed or cut off, 2 bad input.
    """
    import django

    django.setup()
    from sinhthai.certification.actions.chain import head, links
    from sinhthai.certification.engine.chain import check as check_chain
    from sinhthai.certification.engine.chain import unreadable
    from sinhthai.certification.readers.integrity import disagreements

    wanted = expect.strip().lower()
    if wanted and (len(wanted) != 64 or set(wanted) - set("0123456789abcdef")):
        typer.echo(_BAD_HASH.get(lang), err=True)
        raise typer.Exit(2)
    last = head()
    try:
        problems = check_chain(links(), head=last, expect=wanted)
    except (
        ValueError,
        TypeError,
        AttributeError,
    ) as error:  # a column reads as nothing
        problems = [unreadable(str(error))]
    problems += disagreements(files=files)
    seq, digest = last
    if problems:
        typer.echo(_BROKEN.get(lang), err=True)
        for problem in problems:
            typer.echo(f"  {problem.say(lang)}", err=True)
    else:
        typer.echo(_WHOLE.format(seq=seq).get(lang))
    typer.echo(_HEAD.format(seq=seq, hash=digest).get(lang))
    if problems:
        raise typer.Exit(1)
    typer.echo(_KEEP.get(lang))
