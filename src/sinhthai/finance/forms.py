"""What a person may send to the pages of projects, read before any action runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinhthai.accounts.models import Organisation
from sinhthai.finance.actions.projects import Stated
from sinhthai.finance.engine.assumptions import Assumptions
from sinhthai.finance.engine.funds import Fund
from sinhthai.finance.engine.taxonomy import load_taxonomy
from sinhthai.finance.models import Project
from sinhthai.foundation.numbers import NumberError, format_number, parse_number
from sinhthai.foundation.typed import typed
from sinhthai.reporting.forms import PlainForm

_DAY = {"type": "date"}
_TIME = {"type": "time"}
VOLTAGES = {
    "110kV": _("110 kV and above"),
    "22kV": _("22 kV to below 110 kV"),
    "6kV": _("6 kV to below 22 kV"),
    "low": _("below 6 kV"),
}
LONGEST = 60  # years


def _language() -> str:
    return get_language() or "vi"


class NumberField(forms.CharField):
    """A number as people write it in either language; blank is None, not zero."""

    def __init__(
        self, *, low: float | None = None, high: float | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**{"required": False, "max_length": 40, **kwargs})
        self.low, self.high = low, high
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> float | None:
        """Return the number, or say what is wrong with it."""
        raw = super().clean(value)
        if raw == "":
            return None
        try:
            number = parse_number(raw)
        except NumberError as error:
            language = _language()
            said = f"{error.message.get(language)} {error.cure.get(language)}"
            raise forms.ValidationError(said) from error
        if self.low is not None and number < self.low:
            raise forms.ValidationError(
                _("Write %(low)s or more."), params={"low": format_number(self.low, _language())}
            )
        if self.high is not None and number > self.high:
            raise forms.ValidationError(
                _("Write %(high)s or less."), params={"high": format_number(self.high, _language())}
            )
        return number


class ShareField(NumberField):
    """A percentage as people write it (8,5); the value is the fraction."""

    def clean(self, value: Any) -> float | None:
        """Return the fraction."""
        number = super().clean(str(value or "").replace("%", ""))
        return None if number is None else number / 100


class ProjectForm(PlainForm):
    """What is stated of a project; what is not known stays blank."""

    title = forms.CharField(label=_("Name of the project"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind of project"),
        required=False,
        help_text=_("Leads to the group of the green taxonomy that is to be checked."),
    )
    investment_vnd = NumberField(label=_("Investment (VND)"), low=0)
    energy_share = ShareField(label=_("Energy saved (% of what was used before)"), low=0, high=100)
    size = forms.ChoiceField(
        label=_("Size of the enterprise"),
        required=False,
        help_text=_("Some funds lend to small and medium enterprises only."),
    )
    description = forms.CharField(
        label=_("Description"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = _language()
        kinds = [(one.id, one.name.get(language)) for one in load_taxonomy().kinds.values()]
        self.fields["kind"].choices = [("", _("not chosen")), *kinds]  # type: ignore[attr-defined]
        self.fields["size"].choices = [("", _("not known")), *Project.Size.choices]  # type: ignore[attr-defined]

    @property
    def stated(self) -> Stated:
        """What the form holds."""
        return Stated(**self.cleaned_data)

    @staticmethod
    def of(project: Project) -> dict[str, str]:
        """Return what is stated as a person would type it."""
        language = _language()

        return {
            "title": project.title,
            "kind": project.kind,
            "size": project.size,
            "description": project.description,
            "investment_vnd": typed(project.investment_vnd, language),
            "energy_share": typed(
                None if project.energy_share is None else project.energy_share * 100, language
            ),
        }


class AppraisalForm(PlainForm):
    """The assumptions of an appraisal; percentages as people write them."""

    investment = NumberField(label=_("Investment (VND)"), low=0, required=True)
    grant = NumberField(label=_("Grant or rebate (VND)"), low=0)
    life = forms.IntegerField(label=_("Life (years)"), min_value=1, max_value=LONGEST)
    electricity_mwh = NumberField(label=_("Electricity saved (MWh a year)"))
    price_from = forms.ChoiceField(
        label=_("Price of electricity"),
        choices=[("tariff", _("by the tariff in force")), ("own", _("own price"))],
    )
    voltage = forms.ChoiceField(
        label=_("Voltage"), choices=[("", "—"), *VOLTAGES.items()], required=False
    )
    starts = forms.TimeField(label=_("Runs from"), widget=forms.TimeInput(_TIME, "%H:%M"))
    ends = forms.TimeField(
        label=_("Runs until"),
        widget=forms.TimeInput(_TIME, "%H:%M"),
        help_text=_("The same time twice is the whole day."),
    )
    own_price = NumberField(label=_("Own price (VND/kWh, without VAT)"), low=0)
    water_m3 = NumberField(label=_("Water saved (m³ a year)"))
    water_price = NumberField(
        label=_("Price of water (VND/m³)"),
        low=0,
        help_text=_("Supply, and what its wastewater costs."),
    )
    other_saving = NumberField(
        label=_("Other saving (VND a year)"), help_text=_("Fuel, materials, labour, fees.")
    )
    running_cost = NumberField(label=_("Running cost (VND a year)"), low=0)
    salvage = NumberField(label=_("Sold at the end (VND)"), low=0)
    rate = ShareField(label=_("Discount rate (%)"), required=True, low=-99, high=99)
    horizon = forms.IntegerField(label=_("Horizon (years)"), min_value=1, max_value=LONGEST)
    first_year = forms.IntegerField(label=_("First year of use"), min_value=2000, max_value=2100)
    tax = ShareField(label=_("Income tax (%)"), required=True, low=0, high=99)
    depreciation_years = forms.IntegerField(
        label=_("Depreciation (years)"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=_("Blank: the life."),
    )
    escalation = ShareField(label=_("Prices rise by (% a year)"), low=-50, high=50)
    inflation = ShareField(label=_("Inflation (% a year)"), low=-50, high=50)
    is_real = forms.BooleanField(
        label=_("In real terms: rate and prices without inflation"), required=False
    )
    co2e = NumberField(
        label=_("CO2e saved (t a year)"),
        help_text=_("Blank: of the electricity alone, by the grid factor."),
    )
    grid_factor = NumberField(label=_("Grid factor (t CO2e/MWh)"), low=0, high=3)
    asked_share = ShareField(label=_("To be borrowed (% of the investment)"), low=0, high=100)
    asked_years = forms.IntegerField(
        label=_("Tenor (years)"), required=False, min_value=1, max_value=LONGEST
    )
    loan_rate = ShareField(label=_("Interest of the loan (% a year)"), low=0, high=99)

    _SHARES = ("rate", "tax", "escalation", "inflation", "asked_share", "loan_rate")
    PARTS: Sequence[tuple[Any, Sequence[str]]] = (
        (_("Investment"), ("investment", "grant", "life", "salvage")),
        (
            _("Electricity"),
            ("electricity_mwh", "price_from", "voltage", "starts", "ends", "own_price"),
        ),
        (_("Water and the rest"), ("water_m3", "water_price", "other_saving", "running_cost")),
        (_("CO2e"), ("co2e", "grid_factor")),
        (
            _("Money"),
            (
                "rate", "horizon", "first_year", "tax", "depreciation_years", "escalation",
                "inflation", "is_real",
            ),
        ),
        (_("Loan"), ("asked_share", "asked_years", "loan_rate")),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the price of what is saved."""
        cleaned = super().clean() or {}
        if cleaned.get("electricity_mwh"):
            by_tariff = cleaned.get("price_from") == "tariff"
            if by_tariff and not cleaned.get("voltage"):
                self.add_error("voltage", _("Choose the voltage of the bill."))
            if not by_tariff and cleaned.get("own_price") is None and "own_price" in cleaned:
                self.add_error("own_price", _("Write the price on the bill."))
        if cleaned.get("water_m3") and cleaned.get("water_price") is None:
            self.add_error("water_price", _("Write what a m³ costs."))
        return cleaned

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields by part of the page."""
        return [(name, [self[field] for field in names]) for name, names in self.PARTS]

    @property
    def given(self) -> Assumptions:
        """What the form holds; a blank amount that may be left out is none."""
        given = dict(self.cleaned_data)
        for name in (
            "grant", "salvage", "running_cost", "electricity_mwh", "water_m3", "other_saving",
            "escalation", "inflation",
        ):  # fmt: skip
            given[name] = given[name] or 0.0
        for name in ("starts", "ends"):
            given[name] = f"{given[name]:%H:%M}"
        return Assumptions(**given)

    @classmethod
    def of(cls, given: Assumptions) -> dict[str, Any]:
        """Return assumptions as a person would type them."""
        language = _language()
        said: dict[str, Any] = {}
        for name, value in given.as_json().items():
            field = cls.base_fields[name]
            if isinstance(field, NumberField) and value is not None:
                scale = 100.0 if isinstance(field, ShareField) else 1.0
                said[name] = typed(value * scale, language)
            else:
                said[name] = value
        return said


class StepForm(PlainForm):
    """A step of the pipeline."""

    to = forms.CharField(max_length=15, widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.DateField(label=_("On"), widget=forms.DateInput(_DAY, "%Y-%m-%d"))
    fund = forms.ChoiceField(label=_("Fund or scheme"), required=False)
    amount = NumberField(label=_("Amount (VND)"), low=0)
    reason = forms.CharField(
        label=_("Reason or note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, funds: Iterable[Fund] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = _language()
        self.fields["fund"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((one.id, one.name.get(language)) for one in funds),
        ]


class ShareForm(PlainForm):
    """Which bank or fund may read the project."""

    organisation = forms.ModelChoiceField(
        label=_("Bank or fund"), queryset=Organisation.objects.none(), to_field_name="code"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        banks = Organisation.objects.filter(kind=Organisation.Kind.BANK).order_by("name_vi")
        self.fields["organisation"].queryset = banks  # type: ignore[attr-defined]


class DocumentForm(PlainForm):
    """A paper of the project."""

    item = forms.ChoiceField(label=_("Which paper it is"), required=False)
    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, Word, Excel, PNG or JPEG, up to 10 MB.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = _language()
        items = [(one.id, one.name.get(language)) for one in load_taxonomy().evidence.values()]
        self.fields["item"].choices = [("", _("another paper")), *items]  # type: ignore[attr-defined]


class ResultForm(PlainForm):
    """What was measured after the investment."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    investment_vnd = NumberField(label=_("What it really cost (VND)"), low=0, required=True)
    saving_vnd = NumberField(label=_("What it saved in the year (VND)"), required=True)
    co2e_t = NumberField(label=_("CO2e saved in the year (t)"))
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Meters, invoices, settlement.")
    )


def first_assumptions(project: Project, today: dt.date, grid_factor: float | None) -> Assumptions:
    """Return what the form of a first appraisal starts from: usual values anybody may change."""
    return Assumptions(
        investment=project.investment_vnd or 0.0,
        life=10,
        rate=0.10,
        horizon=10,
        first_year=today.year + 1,
        voltage="22kV",
        grid_factor=grid_factor,
    )
