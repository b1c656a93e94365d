"""Whose inventory it is: an enterprise's, or that of a park's own operation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park


@dataclass(frozen=True, slots=True)
class Subject:
    """An enterprise, or (``enterprise`` None) the own operation of the park."""

    park: Park
    enterprise: Enterprise | None = None

    @property
    def code(self) -> str:
        """The code of the enterprise or park: the subject of its activities."""
        return self.enterprise.code if self.enterprise else self.park.code

    @property
    def name(self) -> Text:
        """The name of the enterprise, or of the park."""
        if self.enterprise:
            return Text(self.enterprise.name_vi, self.enterprise.name_en or self.enterprise.name_vi)
        return Text(self.park.name_vi, self.park.name_en or self.park.name_vi)

    @property
    def invented(self) -> bool:
        """Whether it was made up for the demonstration."""
        return self.enterprise.invented if self.enterprise else self.park.invented

    @property
    def keys(self) -> dict[str, Any]:
        """The columns that name it in every table of this slice."""
        return {"park": self.park, "enterprise": self.enterprise}

    @property
    def where(self) -> dict[str, Any]:
        """The same as a filter."""
        if self.enterprise:
            return {"enterprise": self.enterprise}
        return {"park": self.park, "enterprise": None}

    def url(self, name: str, **parts: object) -> str:
        """Return the address of a page of this subject."""
        kind = "carbon" if self.enterprise else "carbon_own"
        return reverse(f"{kind}_{name}", kwargs={"code": self.code, **parts})
