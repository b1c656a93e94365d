"""What every list page of the register does alike: sort, page, and read a day from the address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Sorting:
    """The column a list is sorted by, from ``?sort=name`` or ``?sort=-name``."""

    column: str
    descending: bool

    @classmethod
    def of(cls, request: HttpRequest, allowed: dict[str, str]) -> Sorting:
        """Read the address; what is not a column of this list is its first one."""
        raw = request.GET.get("sort", "")
        column = raw.removeprefix("-")
        if column not in allowed:
            return cls(next(iter(allowed)), False)
        return cls(column, raw.startswith("-"))


@dataclass(frozen=True, slots=True)
class Column:
    """A heading of a list: what its link sorts by, and how it is sorted now."""

    key: str
    name: str
    kind: str
    link: str
    sorted: str  # ascending, descending or ""


def columns(names: list[tuple[str, str, str]], sorting: Sorting) -> list[Column]:
    """Return headings from (key, name, class); clicking the sorted one turns it round."""
    made = []
    for key, name, kind in names:
        here = key == sorting.column
        state = ("descending" if sorting.descending else "ascending") if here else ""
        made.append(
            Column(key, name, kind, f"-{key}" if here and not sorting.descending else key, state)
        )
    return made


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    """Return the page asked for; one that does not exist is the nearest that does."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def day_of(request: HttpRequest) -> dt.date:
    """Return the day of ``?on=``, today where none or no day is given."""
    try:
        return dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()


def attachment(data: bytes, file_name: str, media_type: str) -> HttpResponse:
    """Return *data* as a download; a name with diacritics is sent in both ways of RFC 6266."""
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, file_name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
