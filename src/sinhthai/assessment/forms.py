"""What a person asks an assessment for: framework, day, year, readings of the law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinhthai.rules.model import Bundle

EARLIEST = dt.date(2000, 1, 1)
DEFAULT_FAMILY = "vn-eip"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question about a park; ``year`` and ``on`` None mean the natural ones."""

    family: str = DEFAULT_FAMILY
    on: dt.date | None = None
    year: int | None = None
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Say whether nothing but the framework was chosen."""
        return self.on is None and self.year is None and not self.options

    def pairs(self) -> list[tuple[str, str]]:
        """Return it as the names and values of a query string."""
        pairs = [("framework", self.family)]
        if self.on:
            pairs.append(("on", self.on.isoformat()))
        if self.year:
            pairs.append(("year", str(self.year)))
        return pairs + sorted(self.options.items())


class AskForm(forms.Form):
    """Choose framework, day and year; the readings of the law are fields named A1, A2 …"""

    framework = forms.ChoiceField(label=_("Criteria"), required=False)
    on = forms.DateField(
        label=_("Rules in force on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    year = forms.TypedChoiceField(label=_("Data of"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, bundle: Bundle, years: Sequence[int]) -> None:
        super().__init__(data)
        language = get_language() or "vi"
        families = {
            framework.family for framework in bundle.frameworks if framework.subject == "park"
        }
        self.years = sorted({*years, *_years(data)}, reverse=True)
        self._offer(
            "framework",
            [
                (family, name.get(language))
                for family, name in bundle.families.items()
                if family in families
            ],
        )
        self._offer("year", [("", _("latest")), *((str(y), str(y)) for y in self.years)])
        family = str((data or {}).get("framework") or DEFAULT_FAMILY)
        self._options: list[str] = []
        for framework in bundle.frameworks:
            if framework.family == family:
                self._options += [
                    option for option in framework.options if option not in self._options
                ]
        self._options.sort()
        for option_id in self._options:
            option = bundle.options[option_id]
            self.fields[option_id] = forms.ChoiceField(
                label=f"{option.id} · {option.title.get(language)} ({option.clause})",
                required=False,
                initial=option.default,
                choices=[(choice.code, choice.name.get(language)) for choice in option.choices],
            )
        self._defaults = {
            option_id: bundle.options[option_id].default for option_id in self._options
        }

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def option_fields(self) -> Iterator[forms.BoundField]:
        """The readings of the law this framework lets one choose."""
        return (self[option_id] for option_id in self._options)

    @property
    def chosen_options(self) -> dict[str, str]:
        """The readings chosen that are not the default ones."""
        if not self.is_valid():
            return {}
        chosen = {option: self.cleaned_data.get(option) for option in self._options}
        return {o: value for o, value in chosen.items() if value and value != self._defaults[o]}

    def clean_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["on"]
        if day and day < EARLIEST:
            raise forms.ValidationError(_("There were no criteria before the year 2000."))
        return day

    def ask(self) -> Ask:
        """Return the question; what was not valid is left out."""
        self.is_valid()
        given = self.cleaned_data
        return Ask(
            given.get("framework") or DEFAULT_FAMILY,
            given.get("on"),
            given.get("year"),
            self.chosen_options,
        )


def _years(data: Any) -> list[int]:
    """Return the year asked for, so that it stays chosen even if nothing was reported for it."""
    text = str((data or {}).get("year") or "")
    return [int(text)] if text.isdigit() and 2000 <= int(text) <= 2100 else []
