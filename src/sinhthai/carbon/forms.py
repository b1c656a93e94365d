"""What a person may send to the pages of an inventory, read before any action runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sinhthai.carbon.actions.activities import Given
from sinhthai.carbon.engine.kinds import ASKED, choices_of
from sinhthai.carbon.engine.model import Kind, Scope, Settings
from sinhthai.carbon.models import InventorySettings
from sinhthai.carbon.subject import Subject
from sinhthai.carbon.workbook.columns import Parameter, by_kind
from sinhthai.carbon.workbook.words import CATEGORIES, SCOPES
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.numbers import NumberError, parse_amount
from sinhthai.foundation.problems import Problem
from sinhthai.foundation.typed import typed
from sinhthai.foundation.units import UnitError, convert

FIRST_YEAR = 2010
SCOPE_NAMES = {
    1: _("scope 1: emitted by you"),
    2: _("scope 2: energy bought"),
    3: _("scope 3: emitted by others for you"),
}
_UNIT_NAMES = {"m3": "m³", "L": "L", "1": "—"}
GROUP_NAMES = {
    "mineral": _("minerals"),
    "metal": _("metals"),
    "chemical": _("chemicals"),
}


class ActivityForm(forms.Form):
    """One activity of one kind, in the words and units of the person who enters it."""

    year = forms.IntegerField(
        label=_("Year"), widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    what = forms.ChoiceField(
        label=_("What it is"),
        error_messages={"required": _("Choose what it is.")},
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    scope = forms.TypedChoiceField(label=_("Scope"), coerce=int)
    quantity = forms.CharField(
        label=_("Quantity in the year"),
        required=False,
        max_length=40,
        help_text=_("Left empty it counts as not known, never as zero; the total is then unknown."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    unit = forms.ChoiceField(label=_("Unit"))
    uncertainty = forms.CharField(
        label=_("Uncertainty (± %)"),
        required=False,
        max_length=20,
        help_text=_("Half of the 95 % interval. Left empty: 5 %, as of an invoice."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    from_park = forms.BooleanField(
        label=_("Sold or treated by the infrastructure investor of the park"),
        required=False,
        help_text=_("The park's sum then counts it once, where it is emitted."),
    )
    note = forms.CharField(
        label=_("Evidence, note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where the figure comes from: invoices, meter, weighbridge tickets."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        kind: Kind,
        subject: Subject,
        language: str,
        this_year: int,
        initial: Mapping[str, Any] | None = None,
        is_change: bool = False,
    ) -> None:
        super().__init__(data, label_suffix="", initial=dict(initial or {}))
        self.kind = kind
        self.asked = ASKED[kind]
        self.language = language
        self.parameters = by_kind(kind)
        year = cast(forms.IntegerField, self.fields["year"])
        year.validators += [MinValueValidator(FIRST_YEAR), MaxValueValidator(this_year)]
        if is_change:
            del self.fields["year"]
        self._offer_what()
        self._offer_category()
        scopes = SCOPES[kind]
        self._choices("scope", [(one, SCOPE_NAMES[one]) for one in scopes])
        if len(scopes) == 1:
            self.fields["scope"].required = False
            self.fields["scope"].widget = forms.HiddenInput()
        self._choices("unit", [(one, _UNIT_NAMES.get(one, one)) for one in self.asked.units])
        if not (self.asked.from_park and subject.enterprise):
            del self.fields["from_park"]
        for parameter in self.parameters.values():
            self.fields[f"p_{parameter.key}"] = self._parameter(parameter)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields of what the plant measured itself."""
        return [self[name] for name in self.fields if name.startswith("p_")]

    def _offer_what(self) -> None:
        if not self.asked.groups:
            self.fields["what"] = forms.CharField(
                label=_("What it is"),
                max_length=120,
                help_text=_("In your words: steel bought, sea freight, air travel …"),
                error_messages={"required": _("Choose what it is.")},
            )
            return
        options = choices_of(self.kind, load_factors())
        stored = load_factors().activities.get(str(self.initial.get("what", "")))
        if stored is not None and stored not in options:  # taken with values of the plant's own
            options.append(stored)
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in options:
            groups.setdefault(one.group, []).append((one.id, one.name.get(self.language)))
        found: list[Any] = [(GROUP_NAMES.get(group, group), rows) for group, rows in groups.items()]
        if len(found) == 1:
            found = list(found[0][1])
        if len(options) == 1:
            self.fields["what"].initial = options[0].id
            self.fields["what"].widget = forms.HiddenInput()
            self.fields["what"].required = False
            cast(forms.ChoiceField, self.fields["what"]).choices = found
            self._only = options[0].id
        else:
            self._choices("what", [("", _("choose")), *found])

    _only = ""

    def _offer_category(self) -> None:
        if self.kind == "heat":
            fuels = [(a.id, a.name.get(self.language)) for a in self._fuels()]
            self._choices("category", [("", _("not known")), *fuels])
            self.fields["category"].label = _("Fuel the seller burns")
            return
        names = CATEGORIES.get(self.kind, {})
        if not names:
            del self.fields["category"]
            return
        rows = [(code, name.get(self.language)) for code, name in names.items()]
        if self.asked.needs_category:
            self.fields["category"].required = True
            self.fields["category"].error_messages["required"] = _("Choose the category.")
            rows = [("", str(_("choose"))), *rows]
        else:
            self.initial.setdefault("category", self.asked.default)
        self._choices("category", rows)

    def _fuels(self) -> list[Any]:
        return choices_of("stationary", load_factors())

    def _choices(self, name: str, rows: list[Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = rows

    def _parameter(self, one: Parameter) -> forms.CharField:
        unit = _("share, 0 to 1 or %") if one.is_share else one.unit.replace("**3", "³")
        return forms.CharField(
            label=f"{one.name.get(self.language)} ({unit})",
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )

    def clean(self) -> dict[str, Any]:
        """Read numbers, each in the unit it is asked in."""
        cleaned = super().clean() or {}
        written = str(cleaned.get("unit") or "")
        cleaned["quantity"] = self._number("quantity", written)
        cleaned["uncertainty"] = self._number("uncertainty", "%", as_percent=True)
        if (cleaned["quantity"] or 0.0) < 0:
            self.add_error("quantity", _("Give zero or more."))
        if (cleaned["uncertainty"] or 0.0) < 0:
            self.add_error("uncertainty", _("Give zero or more."))
        for one in self.parameters.values():
            cleaned[f"p_{one.key}"] = self._number(f"p_{one.key}", one.unit, share=one.is_share)
        return cleaned

    def given(self) -> Given:
        """Return what was entered; only of a form without errors."""
        said = self.cleaned_data
        own = {key: value for key in self.parameters if (value := said.get(f"p_{key}")) is not None}
        return Given(
            kind=self.kind,
            what=" ".join(str(said.get("what") or self._only).split()),
            quantity=said["quantity"],
            unit=said["unit"],
            scope=cast(Scope, said.get("scope") or SCOPES[self.kind][0]),
            category=said.get("category") or "",
            parameters=own,
            uncertainty=said["uncertainty"],
            from_park=bool(said.get("from_park")),
            note=said["note"].strip(),
        )

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """Put what the engine refuses above the form."""
        for one in problems:
            self.add_error(None, f"{one.message.get(self.language)} {one.cure.get(self.language)}")

    def _number(
        self, name: str, unit: str, *, as_percent: bool = False, share: bool = False
    ) -> float | None:
        raw = str(self.cleaned_data.get(name) or "").strip()
        if not raw:
            return None
        try:
            amount = parse_amount(raw)
            if as_percent:
                return amount.value
            if share:
                return amount.value / 100.0 if amount.unit == "%" else amount.value
            return convert(amount.value, amount.unit, unit) if amount.unit else amount.value
        except (NumberError, UnitError) as error:
            self.add_error(
                name, f"{error.message.get(self.language)} {error.cure.get(self.language)}"
            )
            return None


def initial_of(given: Given, version: int, language: str) -> dict[str, Any]:
    """Return a stored line as a person would have typed it."""

    return {
        "what": given.what,
        "category": given.category,
        "scope": given.scope,
        "quantity": typed(given.quantity, language),
        "unit": given.unit,
        "uncertainty": typed(given.uncertainty, language),
        "from_park": given.from_park,
        "note": given.note,
        "version": version,
    } | {f"p_{key}": typed(value, language) for key, value in given.parameters.items()}


class SettingsForm(forms.Form):
    """How the draft of a year is computed."""

    gwp = forms.ChoiceField(
        label=_("Global warming potentials"),
        choices=[
            ("AR5", _("AR5 (2014)")),
            ("AR4", _("AR4 (2007)")),
            ("AR6", _("AR6 (2021)")),
        ],
        help_text=_("One inventory uses one set."),
    )
    policy = forms.ChoiceField(
        label=_("Which factor wins"),
        choices=[
            ("national", _("the national list, then IPCC (Circular 38/2023, Article 18)")),
            ("ipcc2006", _("the 2006 IPCC Guidelines first")),
            ("ipcc2019", _("the 2019 Refinement first")),
        ],
        help_text=_("A value the plant measured itself always comes first."),
    )
    last_published = forms.BooleanField(
        label=_("Use the last published factor where none of the year is published"),
        required=False,
        help_text=_("Every line it touches says so."),
    )
    treats_waste = forms.BooleanField(
        label=_("The facility treats solid waste for others"),
        required=False,
        help_text=_("From 65,000 t a year it must be reported by law."),
    )
    waste_t = forms.FloatField(
        label=_("Solid waste treated in the year (t)"),
        required=False,
        min_value=0,
        localize=True,
        help_text=_("Left empty it counts as not known."),
    )

    def __init__(self, *args: Any, row: InventorySettings | None = None, **kwargs: Any) -> None:
        names = ("gwp", "policy", "last_published", "treats_waste", "waste_t")
        initial = {name: getattr(row, name) for name in names} if row else {}
        super().__init__(*args, **{"label_suffix": "", "initial": initial, **kwargs})

    def chosen(self) -> Settings:
        """Return it as the engine takes it; only of a form without errors."""
        said = self.cleaned_data
        return Settings(said["gwp"], said["policy"], said["last_published"])
