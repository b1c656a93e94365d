"""What the sign-in library tells us."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from sinhthai.accounts.actions import display_name, record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.text import Text


def note_new_password(sender: object, user: User, **_kwargs: Any) -> None:
    """A person chose a password of their own: the one-time one is over."""
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    user.must_change_password = False
    record_audit(
        actor=user,
        action="accounts.change_password",
        at=timezone.now(),
        summary=Text("{person} đổi mật khẩu", "{person} changed their password").format(
            person=display_name(user)
        ),
        object_kind="person",
        object_code=user.get_username(),
    )
