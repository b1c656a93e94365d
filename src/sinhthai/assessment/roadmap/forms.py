"""The question of a roadmap as a form: framework, day, budgets of the years, goals, own options."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinhthai.assessment.forms import DEFAULT_FAMILY
from sinhthai.assessment.roadmap.document import GOALS
from sinhthai.assessment.roadmap.model import Asked
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework

SECONDS = 20
LONGEST = 10
_MILLION = 1e6
_MOST_BYTES = 5_000_000
_MOST_MONEY = 1e9  # million VND


class RoadmapForm(forms.Form):
    """Ask for a roadmap; one budget field a year, from this year on."""

    framework = forms.ChoiceField(label=_("Criteria"))
    by_day = forms.DateField(
        label=_("All met by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    rate = forms.DecimalField(
        label=_("Real discount rate, % a year"), min_value=0, max_value=50, initial=10
    )
    horizon = forms.IntegerField(
        label=_("Years over which savings count"), min_value=1, max_value=30, initial=10
    )
    options = forms.FileField(
        label=_("Options and costs of your own (.xlsx)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, today: dt.date) -> None:
        first = {"framework": DEFAULT_FAMILY, "by_day": dt.date(today.year + 2, 12, 31)}
        super().__init__(data, files, initial=first)
        self.today = today
        bundle, language = load_bundle(), get_language() or "vi"
        families = {f.family for f in bundle.frameworks if f.subject == "park"}
        chosen = self.fields["framework"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [
            (family, name.get(language))
            for family, name in bundle.families.items()
            if family in families
        ]
        self.years = range(today.year, today.year + 4)
        for year in self.years:
            self.fields[f"budget_{year}"] = forms.FloatField(
                label=str(year), required=False, min_value=0, max_value=_MOST_MONEY, localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )  # fmt: skip

    @property
    def budget_fields(self) -> Iterator[forms.BoundField]:
        """The budget of each year [million VND]."""
        return (self[f"budget_{year}"] for year in self.years)

    def clean_by_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["by_day"]
        years = Asked(day, self.today.year).years
        if not 1 <= len(years) <= LONGEST:
            raise forms.ValidationError(
                _("Choose a 31 December, this year's or one of the next nine.")
            )
        return day

    def clean_options(self) -> tuple[str, bytes] | None:
        sent = self.cleaned_data.get("options")
        if not sent:
            return None
        if sent.size > _MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return sent.name, sent.read()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        day, family = given.get("by_day"), given.get("framework")
        if day and family and load_bundle().framework_on(family, day) is None:
            self.add_error("by_day", _("No criteria were in force on that day."))
        return given

    def framework_chosen(self) -> Framework:
        """Return the version in force on the day; only after `is_valid`."""
        given = self.cleaned_data
        found = load_bundle().framework_on(given["framework"], given["by_day"])
        assert found is not None  # checked in clean
        return found

    def asked(self) -> Asked:
        """Return the question; only after `is_valid`."""
        given = self.cleaned_data
        years = Asked(given["by_day"], self.today.year).years
        budget = {
            year: given[name] * _MILLION
            for year in self.years
            if given.get(name := f"budget_{year}") is not None and year in years
        }
        return Asked(
            given["by_day"], self.today.year, GOALS, budget, float(given["rate"]) / 100.0,
            given["horizon"], SECONDS, 12 - self.today.month,
        )  # fmt: skip
