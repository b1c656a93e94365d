"""People and organisations of a test."""

import datetime as dt

from sinhthai.accounts.models import Membership, Organisation, Scope, User

AT = dt.datetime(2026, 5, 4, 8, 0, tzinfo=dt.UTC)
PASSWORD = "mat-khau-rat-dai"  # only ever in a test's store


def organisation(code, *scopes, kind="operator"):
    body = Organisation.objects.create(
        code=code, kind=kind, name_vi=f"Tổ chức {code}", name_en=code
    )
    for scope_kind, scope_code in scopes:
        Scope.objects.create(organisation=body, kind=scope_kind, code=scope_code)
    return body


def person(username, body, role="editor"):
    user = User.objects.create_user(
        username, f"{username}@example.vn", PASSWORD, last_name=f"Người {username}"
    )
    if body is not None:
        Membership.objects.create(user=user, organisation=body, role=role)
    return user
