"""The calendar feed of a person: a secret address, renewed when it got into other hands."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.text import Text
from sinhthai.supervision.models import Feed


def make_feed(*, user: User, at: dt.datetime) -> str:
    """Give *user* a feed, or another address for it; return the secret, shown this once."""
    secret = secrets.token_urlsafe(24)
    Feed.objects.update_or_create(
        user=user, defaults={"digest": digest_of(secret), "created_at": at}
    )
    record_audit(
        actor=user,
        action="supervision.make_feed",
        at=at,
        summary=Text("Tạo địa chỉ lịch nhắc hạn.", "Made an address for the calendar of duties."),
        object_kind="user",
        object_code=user.username,
    )
    return secret


def stop_feed(*, user: User, at: dt.datetime) -> None:
    """Close the feed of *user*; its address answers nothing any more."""
    if Feed.objects.filter(user=user).delete()[0]:
        record_audit(
            actor=user,
            action="supervision.stop_feed",
            at=at,
            summary=Text("Đóng địa chỉ lịch nhắc hạn.", "Closed the calendar of duties."),
            object_kind="user",
            object_code=user.username,
        )


def feed_owner(secret: str) -> User | None:
    """Return whose feed *secret* opens; None when it opens none, or the account is closed."""
    feed = Feed.objects.select_related("user").filter(digest=digest_of(secret)).first()
    return feed.user if feed is not None and feed.user.is_active else None


def digest_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
