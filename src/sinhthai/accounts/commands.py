"""``sinhthai users``: the first people of a new house, and help for those locked out."""

from __future__ import annotations

from typing import Annotated

import typer

users = typer.Typer(name="users", help="People who sign in.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this slice's verbs to *app*."""
    app.add_typer(users)


def _stop(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(2)


@users.command("list")
def list_people() -> None:
    """Everybody, with organisation and role."""
    import django

    django.setup()
    from rich.console import Console
    from rich.table import Table

    from sinhthai.accounts.models import User

    table = Table("sign-in name", "name", "organisation", "role", "open")
    for user in User.objects.prefetch_related("memberships__organisation").order_by("username"):
        memberships = list(user.memberships.all())
        table.add_row(
            user.username,
            user.get_full_name(),
            "\n".join(m.organisation.code for m in memberships),
            "\n".join(m.role for m in memberships) or ("superuser" if user.is_superuser else ""),
            "yes" if user.is_active else "no",
        )
    Console().print(table)


@users.command("create")
def create(
    username: str,
    organisation: Annotated[str, typer.Option(help="Code of the organisation.")],
    role: Annotated[str, typer.Option(help="viewer, editor, approver or admin.")] = "viewer",
    name: Annotated[str, typer.Option(help="Full name.")] = "",
    email: str = "",
    kind: Annotated[
        str,
        typer.Option(
            help="Create the organisation if new: operator, enterprise, management_board, "
            "peoples_committee, ministry, department, recp_body or adviser."
        ),
    ] = "",
    title: Annotated[str, typer.Option(help="Name of a new organisation.")] = "",
) -> None:
    """Create a person; the one-time password is printed once."""
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from sinhthai.accounts.actions import add_person
    from sinhthai.accounts.models import Membership, Organisation
    from sinhthai.foundation.problems import InputError

    if role not in Membership.Role.values:
        raise _stop(f"No such role: {role}. Choose one of {', '.join(Membership.Role.values)}.")
    known = Organisation.objects.filter(code=organisation).first()
    if known is None and kind not in Organisation.Kind.values:
        raise _stop(
            f"No organisation “{organisation}”. To create it, add --kind "
            f"({', '.join(Organisation.Kind.values)}) and --title."
        )
    try:
        with transaction.atomic():  # a refused person leaves no empty organisation behind
            body = known or Organisation.objects.create(
                code=organisation, kind=kind, name_vi=title or organisation
            )
            _user, password = add_person(
                organisation=body,
                username=username,
                full_name=name,
                email=email,
                role=role,
                by=None,
                at=timezone.now(),
            )
    except InputError as error:
        raise _stop(error.problems[0].say("en")) from error
    typer.echo(f"{username}  {password}  (one-time password, to be changed at the first sign-in)")


@users.command("grant")
def grant(
    organisation: Annotated[str, typer.Argument(help="Code of the organisation.")],
    scope: Annotated[str, typer.Argument(help="country, province, park or enterprise.")],
    code: Annotated[str, typer.Argument(help="Province, park or enterprise code.")] = "",
) -> None:
    """Let an organisation reach the country, a province, a park or an enterprise."""
    import django

    django.setup()
    from django.utils import timezone

    from sinhthai.accounts.actions import grant_scope
    from sinhthai.accounts.models import Organisation, Scope

    body = Organisation.objects.filter(code=organisation).first()
    if body is None:
        raise _stop(f"No organisation “{organisation}”. See: sinhthai users list")
    if scope not in Scope.Kind.values:
        raise _stop(f"No such scope: {scope}. Choose one of {', '.join(Scope.Kind.values)}.")
    if (scope == Scope.Kind.COUNTRY) != (code == ""):
        raise _stop("The country has no code; every other scope needs one.")
    grant_scope(organisation=body, kind=scope, code=code, at=timezone.now())
    typer.echo(f"{organisation} reaches {scope} {code}".rstrip())


@users.command("appoint")
def appoint(
    organisation: Annotated[str, typer.Argument(help="Code of the organisation.")],
    function: Annotated[str, typer.Argument(help="What it is asked as, e.g. environment_dept.")],
    province: Annotated[str, typer.Option(help="Code of its province of today, e.g. 31.")] = "",
) -> None:
    """Say which body of the procedures an organisation is, so that dossiers can be sent to it."""
    import django

    django.setup()
    from django.utils import timezone

    from sinhthai.accounts import actions
    from sinhthai.accounts.models import Organisation
    from sinhthai.foundation.problems import InputError
    from sinhthai.rules.procedures_loading import load_procedures

    body = Organisation.objects.filter(code=organisation).first()
    if body is None:
        raise _stop(f"No organisation “{organisation}”. See: sinhthai users list")
    authorities = load_procedures().authorities
    if function not in authorities:
        raise _stop(f"No such body: {function}. Choose one of {', '.join(sorted(authorities))}.")
    try:
        actions.appoint(
            organisation=body,
            authority=authorities[function],
            province=province,
            at=timezone.now(),
        )
    except InputError as error:
        raise _stop(error.problems[0].say("en")) from error
    typer.echo(f"{organisation} stands for {function} {province}".rstrip())


@users.command("password")
def password(username: str) -> None:
    """Give a person a new one-time password, printed once."""
    import django

    django.setup()
    from django.utils import timezone

    from sinhthai.accounts.actions import reset_password
    from sinhthai.accounts.models import User

    user = User.objects.filter(username=username).first()
    if user is None:
        raise _stop(f"Nobody signs in as “{username}”. See: sinhthai users list")
    plain = reset_password(user=user, at=timezone.now())
    typer.echo(f"{username}  {plain}  (one-time password, to be changed at the first sign-in)")
