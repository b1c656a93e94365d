"""Keys for programs: shown once, kept as a SHA-256, revocable, with an end."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets

from django.db import transaction

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import ApiToken, User
from sinhthai.foundation.text import Text

_MARK = "st"
_TOUCH_EVERY = dt.timedelta(minutes=1)  # so reading many pages does not write as many rows


@transaction.atomic
def create_token(
    *, user: User, name: str, at: dt.datetime, expires_at: dt.datetime | None
) -> tuple[ApiToken, str]:
    """Make a token for *user*; return its row and the secret, which nobody can read again."""
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    plain = f"{_MARK}_{prefix}_{secret}"
    token = ApiToken.objects.create(
        user=user,
        name=name,
        prefix=prefix,
        digest=_digest(plain),
        created_at=at,
        expires_at=expires_at,
    )
    record_audit(
        actor=user,
        action="accounts.create_token",
        at=at,
        summary=Text("Tạo mã truy cập API “{name}”", "Created the API token “{name}”").format(
            name=name
        ),
        object_kind="token",
        object_code=prefix,
    )
    return token, plain


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User, at: dt.datetime) -> None:
    """End a token now; doing so twice changes nothing."""
    if token.revoked_at is not None:
        return
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record_audit(
        actor=by,
        action="accounts.revoke_token",
        at=at,
        summary=Text("Thu hồi mã truy cập API “{name}”", "Revoked the API token “{name}”").format(
            name=token.name
        ),
        object_kind="token",
        object_code=token.prefix,
    )


def user_of_token(plain: str, *, at: dt.datetime) -> User | None:
    """Return whose token this is, or None if wrong, revoked, past its end, or its person closed."""
    parts = plain.split("_", 2)
    if len(parts) != 3 or parts[0] != _MARK or "\0" in plain:
        return None
    token = ApiToken.objects.select_related("user").filter(prefix=parts[1]).first()
    if token is None or not hmac.compare_digest(token.digest, _digest(plain)):
        return None
    ended = token.revoked_at is not None or (
        token.expires_at is not None and token.expires_at <= at
    )
    if ended or not token.user.is_active:
        return None
    if token.last_used_at is None or at - token.last_used_at >= _TOUCH_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    user: User = token.user
    return user


def _digest(plain: str) -> str:
    # The secret has 256 random bits, so a plain hash is enough: there is nothing to guess.
    return hashlib.sha256(plain.encode()).hexdigest()
