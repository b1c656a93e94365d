"""What a facilitator may send to the workbench, checked before any action runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinhthai.foundation.numbers import NumberError, parse_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.registry.models import Enterprise, Park
from sinhthai.symbiosis.actions.results import metrics
from sinhthai.symbiosis.engine.readiness import AXES, LEVELS
from sinhthai.symbiosis.engine.streams import UNITS
from sinhthai.symbiosis.models import Document, Exchange, Participant
from sinhthai.symbiosis.readers.exchange_page import ExchangePage
from sinhthai.symbiosis.wording import AXIS_NAMES, name_of, yearly_unit

_DAY = {"type": "date"}


def _language() -> str:
    return get_language() or "vi"


class PlainForm(forms.Form):
    """A form whose labels stand above their fields and need no colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class NumberField(forms.CharField):
    """A number as people write it in either language; blank is None, not zero."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 40, **kwargs})
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> float | None:
        """Return the number, or say what is wrong with it."""
        raw = super().clean(value)
        if raw == "":
            return None
        try:
            return parse_number(raw)
        except NumberError as error:
            language = _language()
            said = f"{error.message.get(language)} {error.cure.get(language)}"
            raise forms.ValidationError(said) from error


class SearchForm(PlainForm):
    """How far to look for partners."""

    within_km = forms.FloatField(label=_("Within (km)"), min_value=1, max_value=2000, initial=50)


class PlanForm(PlainForm):
    """What is planned of an exchange; what is not known stays blank."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Type of symbiosis"), choices=Exchange.Kind.choices)
    quantity = NumberField(label=_("Quantity a year"))
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    value_vnd = NumberField(
        label=_("Benefit a year (VND)"), help_text=_("Of all parties together, estimated.")
    )
    investment_vnd = NumberField(label=_("Investment (VND)"))
    co2_t = NumberField(label=_("CO2 cut (t/yr)"), help_text=_("Estimated."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(unit, yearly_unit(unit).get(_language())) for unit in UNITS]
        self.fields["unit"].choices = [("", "—"), *units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the unit of a quantity."""
        cleaned = super().clean() or {}
        if cleaned.get("quantity") is not None and not cleaned.get("unit"):
            self.add_error("unit", _("Choose the unit of the quantity."))
        for name in ("quantity", "investment_vnd"):
            if (cleaned.get(name) or 0) < 0:
                self.add_error(name, _("Write a number of 0 or more."))
        return cleaned


class ChangedPlanForm(PlanForm):
    """A plan that stands, with the digest of what the person had before them."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class NewExchangeForm(PlanForm):
    """An exchange found by people rather than by the search."""

    giver = forms.ModelChoiceField(label=_("Who gives"), queryset=Enterprise.objects.none())
    taker = forms.ModelChoiceField(
        label=_("Who takes"), queryset=Enterprise.objects.none(), required=False
    )
    taker_in_words = forms.CharField(
        label=_("or a party outside the register"),
        max_length=200,
        required=False,
        help_text=_("A farm, the town, a treatment company."),
    )
    field_order = ("title", "kind", "giver", "taker", "taker_in_words")

    def __init__(self, *args: Any, park: Park, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = list(Enterprise.objects.filter(park=park))
        for name in ("giver", "taker"):
            _offer(self.fields[name], own, park)

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one taker."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("taker")) == bool(cleaned.get("taker_in_words")):
            self.add_error("taker", _("Choose an enterprise or name a party outside; not both."))
        return cleaned


class StageForm(PlainForm):
    """One step of the pipeline, with the state the person had before them."""

    to = forms.CharField(max_length=12, widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.DateField(label=_("Day it happened"), widget=forms.DateInput(attrs=_DAY))
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReadinessForm(PlainForm):
    """How ready the exchange is on one axis."""

    axis = forms.ChoiceField(label=_("Axis"))
    level = forms.TypedChoiceField(label=_("Level"), coerce=int)
    reason = forms.CharField(label=_("Why"), required=False, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        axes = [(axis, AXIS_NAMES[axis].get(_language()).capitalize()) for axis in AXES]
        self.fields["axis"].choices = axes  # type: ignore[attr-defined]
        self.fields["level"].choices = [(level, str(level)) for level in LEVELS]  # type: ignore[attr-defined]


class DocumentForm(PlainForm):
    """One file of the exchange."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Document.Kind.choices)
    paper = forms.TypedChoiceField(
        label=_("Paper of the legal path"), coerce=int, empty_value=None, required=False
    )
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"}),
        help_text=_("PDF, Word, Excel, PNG or JPEG, at most 10 MB."),
        error_messages={
            "required": _("Choose the file to upload."),
            "empty": _("The file is empty. Choose it again and upload it once more."),
        },
    )

    def __init__(self, *args: Any, papers: Sequence[Text] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if papers:
            named = [(at, paper.get(_language())) for at, paper in enumerate(papers)]
            self.fields["paper"].choices = [("", "—"), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["paper"]


class TaskForm(PlainForm):
    """Something to do."""

    title = forms.CharField(label=_("Task"), max_length=200)
    assignee = forms.CharField(label=_("Who does it"), max_length=150, required=False)
    due_on = forms.DateField(label=_("Due on"), required=False, widget=forms.DateInput(attrs=_DAY))


class NoteForm(PlainForm):
    """A note."""

    text = forms.CharField(
        label=_("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ParticipantForm(PlainForm):
    """A party that takes part: an enterprise of the park, or one named in words."""

    role = forms.ChoiceField(label=_("Role"), choices=Participant.Role.choices)
    enterprise = forms.ModelChoiceField(
        label=_("Enterprise of the park"), queryset=Enterprise.objects.none(), required=False
    )
    other = forms.CharField(
        label=_("or a party outside the register"), max_length=200, required=False
    )
    joined_on = forms.DateField(
        label=_("Takes part since"), required=False, widget=forms.DateInput(attrs=_DAY)
    )

    def __init__(self, *args: Any, park: Park, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["enterprise"], list(Enterprise.objects.filter(park=park)), park)


class DaysForm(PlainForm):
    """Since when a party takes part, and since when no longer."""

    joined_on = forms.DateField(
        label=_("Takes part since"), required=False, widget=forms.DateInput(attrs=_DAY)
    )
    left_on = forms.DateField(
        label=_("No longer since"), required=False, widget=forms.DateInput(attrs=_DAY)
    )


class ResultForm(PlainForm):
    """What the exchange brought one party in a year."""

    participant = forms.TypedChoiceField(label=_("Party"), coerce=int)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Meter, weighbridge slips, invoices: what the figures can be checked with."),
    )

    def __init__(
        self,
        *args: Any,
        parties: Sequence[tuple[int, str]],
        today: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].choices = parties  # type: ignore[attr-defined]
        years = range(today.year, today.year - 6, -1)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        language = _language()
        for metric, item in metrics().items():
            unit = unit_label(item.unit, language)
            label = f"{item.name.get(language)} ({unit})" if unit else item.name.get(language)
            self.fields[f"m_{metric}"] = NumberField(label=label)

    @property
    def metric_fields(self) -> list[forms.BoundField]:
        """The fields of the figures."""
        return [self[name] for name in self.fields if name.startswith("m_")]

    @property
    def values(self) -> dict[str, float]:
        """The figures given; what was left blank is not among them."""
        return {
            name.removeprefix("m_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("m_") and value is not None
        }


def _offer(field: Any, enterprises: Sequence[Enterprise], park: Park) -> None:
    """Let *field* choose among enterprises already read: no query for each of two lists."""
    field.queryset = Enterprise.objects.filter(park=park)
    field.choices = [("", "—"), *((row.pk, name_of(row).get(_language())) for row in enterprises)]


def exchange_forms(page: ExchangePage, park: Park, today: dt.date) -> dict[str, forms.Form]:
    """Return the empty forms of the page of an exchange, each by the name of what it does."""
    papers = [paper.name for paper in page.law.papers] if page.law else []
    parties = [
        (row.pk, name_of(row.enterprise).get(_language()) if row.enterprise else row.other)
        for row in page.participants
    ]
    return {
        "stage": StageForm(initial={"on": today, "seen": page.dossier.last_step}),
        "readiness": ReadinessForm(prefix="readiness"),
        "document": DocumentForm(papers=papers, prefix="document"),
        "task": TaskForm(prefix="task"),
        "note": NoteForm(prefix="note"),
        "participant": ParticipantForm(park=park, prefix="participant"),
        "result": ResultForm(
            parties=parties,
            today=today,
            prefix="result",
            initial={"year": today.year - 1},
        ),
    }
