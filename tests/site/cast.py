"""The cast of four around one park, with one of everything that has an address."""

import datetime as dt

from sinhthai.accounts.models import Membership, Organisation, Scope, User

AT = dt.datetime(2026, 5, 4, 8, 0, tzinfo=dt.UTC)


def make_person(name, kind, scope_kind, scope_code, role=Membership.Role.ADMIN):
    user = User.objects.create_user(name, last_name=f"Người {name}")
    body = Organisation.objects.create(
        code=name, kind=kind, name_vi=f"Tổ chức {name}", name_en=name
    )
    Scope.objects.create(organisation=body, kind=scope_kind, code=scope_code)
    Membership.objects.create(user=user, organisation=body, role=role)
    return user
