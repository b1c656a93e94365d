"""Changes to people and tokens, and the audit trail every slice writes to."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from sinhthai.accounts.models import AuditEntry, Membership, Organisation, Scope, User
from sinhthai.accounts.policy import forget_scopes
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import Authority

# No letters or digits people mistake for one another when reading a password aloud.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
# Whether an authority of a kind has a province; a qualified body may serve one, or the country.
_IN_PROVINCE = {"ministry": False, "department": True}
_PASSWORD_RENEWED = Text("Cấp lại mật khẩu cho {person}", "Gave {person} a new one-time password")


def record_audit(
    *,
    actor: User | AnonymousUser | None,
    action: str,
    at: dt.datetime,
    summary: Text,
    park_code: str = "",
    object_kind: str = "",
    object_code: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write one line of the audit trail, in words people can read.

    Call it inside the transaction of the change it tells of, so both stand or fall together.
    *actor* None is the system itself (command line, nightly work).
    """
    person = actor if isinstance(actor, User) else None
    return AuditEntry.objects.create(
        at=at,
        actor=person,
        actor_name=display_name(person) if person else "Sinh Thái",
        action=action,
        park_code=park_code,
        object_kind=object_kind,
        object_code=object_code,
        summary_vi=summary.vi,
        summary_en=summary.en,
        detail=dict(detail or {}),
    )


def display_name(user: User) -> str:
    """Return the full name, else the sign-in name."""
    return user.get_full_name() or user.get_username()


def one_time_password() -> str:
    """Return a random password of 75 bits, in groups that can be read aloud."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(3))


@transaction.atomic
def add_person(
    *,
    organisation: Organisation,
    username: str,
    full_name: str,
    email: str,
    role: str,
    by: User | None,
    at: dt.datetime,
) -> tuple[User, str]:
    """Create a person in *organisation*; return them and the password to hand over once.

    Raises
    ------
    InputError : the sign-in name is taken.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise InputError([_name_taken(username)])
    password = one_time_password()
    user = User(username=username, email=email, must_change_password=True)
    user.first_name, user.last_name = "", full_name
    user.set_password(password)
    user.save()
    Membership.objects.create(user=user, organisation=organisation, role=role)
    record_audit(
        actor=by,
        action="accounts.add_person",
        at=at,
        summary=Text("Thêm {person} vào {organisation}", "Added {person} to {organisation}").format(
            person=display_name(user), organisation=organisation.name_vi
        ),
        object_kind="organisation",
        object_code=organisation.code,
        detail={"username": username, "role": role},
    )
    return user, password


@transaction.atomic
def change_role(
    *, membership: Membership, role: str, by: User | None, at: dt.datetime
) -> Membership:
    """Give a member another role. The last administrator keeps theirs."""
    if membership.role == role:
        return membership
    if membership.role == Membership.Role.ADMIN:
        _keep_an_administrator(membership)
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    forget_scopes(membership.user)
    _record_membership(
        membership,
        by,
        at,
        "accounts.change_role",
        Text("Đổi vai trò của {person}", "Changed the role of {person}"),
        {"before": before, "after": role},
    )
    return membership


@transaction.atomic
def set_active(*, membership: Membership, active: bool, by: User | None, at: dt.datetime) -> None:
    """Close or reopen a person's account. Closing revokes their tokens at once."""
    user = membership.user
    if user.is_active == active:
        return
    if not active:
        if membership.role == Membership.Role.ADMIN:
            _keep_an_administrator(membership)
        user.api_tokens.filter(revoked_at=None).update(revoked_at=at)
    user.is_active = active
    user.save(update_fields=["is_active"])
    summary = (
        Text("Mở lại tài khoản {person}", "Reopened the account of {person}")
        if active
        else Text("Khóa tài khoản {person}", "Closed the account of {person}")
    )
    _record_membership(membership, by, at, "accounts.set_active", summary, {"active": active})


@transaction.atomic
def renew_password(*, membership: Membership, by: User | None, at: dt.datetime) -> str:
    """Replace a forgotten password by a one-time one and return it, to hand over once."""
    password = _give_password(membership.user)
    _record_membership(
        membership,
        by,
        at,
        "accounts.renew_password",
        _PASSWORD_RENEWED,
        {},
    )
    return password


@transaction.atomic
def reset_password(*, user: User, at: dt.datetime) -> str:
    """Do the same for anybody, of an organisation or of none: from the command line only."""
    password = _give_password(user)
    record_audit(
        actor=None,
        action="accounts.renew_password",
        at=at,
        summary=_PASSWORD_RENEWED.format(person=user.username),
        object_kind="person",
        object_code=user.username,
    )
    return password


@transaction.atomic
def grant_scope(*, organisation: Organisation, kind: str, code: str, at: dt.datetime) -> None:
    """Let an organisation reach the country (code "") or the object of *kind* with *code*."""
    _scope, new = Scope.objects.get_or_create(organisation=organisation, kind=kind, code=code)
    if new:
        record_audit(
            actor=None,
            action="accounts.grant_scope",
            at=at,
            summary=Text(
                "{name} được xem {scope} {code}", "{name} may reach {scope} {code}"
            ).format(name=organisation.name_vi, scope=kind, code=code),
            object_kind="organisation",
            object_code=organisation.code,
        )


@transaction.atomic
def appoint(
    *, organisation: Organisation, authority: Authority, province: str, at: dt.datetime
) -> None:
    """Give an organisation its function in procedures, and the province it has it in.

    Raises
    ------
    InputError : the organisation is of another kind, or a province is wanted and missing, or
        the other way round.
    """
    if organisation.kind != authority.kind:
        raise InputError([_other_kind(organisation, authority)])
    if _IN_PROVINCE.get(authority.kind, bool(province)) != bool(province):
        raise InputError([_wrong_place(authority)])
    if (organisation.authority, organisation.province) == (authority.id, province):
        return
    organisation.authority, organisation.province = authority.id, province
    organisation.save(update_fields=["authority", "province"])
    record_audit(
        actor=None,
        action="accounts.appoint",
        at=at,
        summary=Text(
            "{name} giữ chức năng {function} {place}", "{name} stands for {function} {place}"
        ).format(name=organisation.name_vi, function=authority.id, place=province),
        object_kind="organisation",
        object_code=organisation.code,
    )


def _other_kind(organisation: Organisation, authority: Authority) -> Problem:
    return Problem(
        "other-kind",
        Text(
            "“{code}” thuộc loại {kind}, còn {function} phải thuộc loại {wanted}.",
            "“{code}” is of the kind {kind}; {function} must be of the kind {wanted}.",
        ).format(
            code=organisation.code,
            kind=organisation.kind,
            function=authority.id,
            wanted=authority.kind,
        ),
        Text(
            "Chọn tổ chức khác, hoặc tạo tổ chức mới bằng sinhthai users create --kind {wanted}.",
            "Choose another, or create one: sinhthai users create --kind {wanted}.",
        ).format(wanted=authority.kind),
    )


def _wrong_place(authority: Authority) -> Problem:
    if not _IN_PROVINCE[authority.kind]:
        return Problem(
            "no-province",
            Text("{function} không thuộc tỉnh nào.", "{function} belongs to no province.").format(
                function=authority.id
            ),
            Text("Bỏ --province.", "Leave --province out."),
        )
    return Problem(
        "province-missing",
        Text("{function} thuộc một tỉnh.", "{function} belongs to a province.").format(
            function=authority.id
        ),
        Text("Thêm --province và mã tỉnh, ví dụ 31.", "Add --province and its code, e.g. 31."),
    )


def _give_password(user: User) -> str:
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    return password


def _record_membership(
    membership: Membership,
    by: User | None,
    at: dt.datetime,
    action: str,
    summary: Text,
    detail: Mapping[str, Any],
) -> None:
    record_audit(
        actor=by,
        action=action,
        at=at,
        summary=summary.format(person=display_name(membership.user)),
        object_kind="organisation",
        object_code=membership.organisation.code,
        detail={"username": membership.user.username, **detail},
    )


def _keep_an_administrator(membership: Membership) -> None:
    others = Membership.objects.filter(
        organisation=membership.organisation_id,
        role=Membership.Role.ADMIN,
        user__is_active=True,
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise InputError(
            [
                Problem(
                    "last_administrator",
                    Text(
                        "Đây là người quản trị cuối cùng của tổ chức.",
                        "This is the organisation's last administrator.",
                    ),
                    Text(
                        "Trao quyền quản trị cho người khác trước.",
                        "Make someone else an administrator first.",
                    ),
                )
            ]
        )


def _name_taken(username: str) -> Problem:
    return Problem(
        "username_taken",
        Text(
            "Tên đăng nhập “{name}” đã có người dùng.", "The sign-in name “{name}” is taken."
        ).format(name=username),
        Text("Chọn tên khác.", "Choose another one."),
    )
