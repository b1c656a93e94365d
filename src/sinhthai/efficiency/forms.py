"""What a person may send to an audit, checked before any action runs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinhthai.efficiency.engine.catalogue import load_whole_catalogue
from sinhthai.efficiency.models import Audit, BaselineEntry, Judgement, Sizing, WalkAnswer
from sinhthai.efficiency.readers.baseline import WHOLES
from sinhthai.efficiency.readers.measures import MeasurePage
from sinhthai.efficiency.readers.walk import Point
from sinhthai.efficiency.wording import (
    PHASE_NAMES,
    carrier_name,
    carrier_unit,
    carriers,
    carriers_of,
    is_fuel,
    use_name,
)
from sinhthai.foundation.numbers import NumberError, parse_number
from sinhthai.foundation.typed import typed
from sinhthai.foundation.units import unit_label

_DAY = {"type": "date"}


def language() -> str:
    """Return the language of the page."""
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
            said = f"{error.message.get(language())} {error.cure.get(language())}"
            raise forms.ValidationError(said) from error


class AuditForm(PlainForm):
    """A new audit."""

    year = forms.IntegerField(label=_("Year of the baseline"), min_value=2000, max_value=2100)
    lead = forms.CharField(
        label=_("Who leads it"), max_length=150, help_text=_("A person, a team or a consultant.")
    )
    aim = forms.CharField(
        label=_("Aim"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the enterprise wants to reach, and by when."),
    )


class PhaseForm(PlainForm):
    """A step from phase to phase."""

    to = forms.TypedChoiceField(label=_("Phase"), coerce=int)
    note = forms.CharField(label=_("Note"), required=False, max_length=1000)

    def __init__(self, *args: Any, audit: Audit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (number, f"{number}. {name.get(language())}")
            for number, name in PHASE_NAMES.items()
            if number != audit.phase
        ]


class BaselineForm(PlainForm):
    """One row of the baseline; what is not known stays blank."""

    what = forms.ChoiceField(label=_("Resource and use"))
    quantity = NumberField(
        label=_("Quantity a year"), help_text=_("Leave blank where it is not known.")
    )
    price_vnd = NumberField(label=_("Price of one unit (VND)"))
    origin = forms.ChoiceField(
        label=_("How it is known"),
        choices=[
            (BaselineEntry.Origin.MEASURED, _("measured")),
            (BaselineEntry.Origin.ESTIMATED, _("estimated")),
        ],
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The meter, invoice or log; or how it was estimated."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = language()
        wholes = [(f"{one}|", _carrier_label(one)) for one in carriers()]
        uses = []
        for use in load_whole_catalogue().uses.values():
            if use.id in WHOLES:
                continue
            allowed = carriers_of(use.id)
            for carrier in usual(allowed):
                name = use_name(use.id).get(said).capitalize()
                uses.append((f"{carrier}|{use.id}", f"{name}: {_carrier_label(carrier)}"))
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (_("The whole of the site"), wholes),
            (_("One use"), uses),
        ]


_USUAL_FUELS = (
    "anthracite", "bituminous-coal", "sub-bituminous-coal", "diesel", "fuel-oil", "lpg",
    "natural-gas", "cng", "wood", "solid-biomass", "charcoal", "biogas",
)  # fmt: skip


def usual(allowed: list[str]) -> list[str]:
    """Return the carriers worth offering: of all fuels those that plants burn."""
    return [one for one in allowed if one in _USUAL_FUELS or not is_fuel(one)]


def _carrier_label(carrier: str) -> str:
    unit = unit_label(carrier_unit(carrier), language())
    return f"{carrier_name(carrier).get(language())} ({unit})"


class WalkForm(PlainForm):
    """The check list of an area: an answer and a note for each point."""

    note = forms.CharField(
        label=_("Notes on the area"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, points: list[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        for point in points:
            name = point.measure.name.get(language())
            self.fields[f"a_{point.measure.id}"] = forms.ChoiceField(
                label=name,
                required=False,
                choices=[("", "—"), *WalkAnswer.Answer.choices],
                initial=point.answer.answer if point.answer else "",
            )
            self.fields[f"n_{point.measure.id}"] = forms.CharField(
                label=_("Note: %(what)s") % {"what": name},
                required=False,
                max_length=1000,
                initial=point.answer.note if point.answer else "",
            )

    @property
    def rows(self) -> list[tuple[Point, Any, Any]]:
        """Each point with its two fields."""
        return [
            (point, self[f"a_{point.measure.id}"], self[f"n_{point.measure.id}"])
            for point in self.points
        ]

    def answers(self) -> dict[str, tuple[str, str]]:
        """Return point -> answer and note, as sent."""
        return {
            point.measure.id: (
                self.cleaned_data[f"a_{point.measure.id}"],
                self.cleaned_data[f"n_{point.measure.id}"],
            )
            for point in self.points
        }


class FileForm(PlainForm):
    """A file that shows something."""

    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    file = forms.FileField(label=_("File"), help_text=_("PDF, Word, Excel, PNG or JPEG."))


class SizeForm(PlainForm):
    """How a measure is sized; the fields of its calculator come with it."""

    method = forms.ChoiceField(label=_("How it is sized"))
    carrier = forms.ChoiceField(label=_("Resource"), required=False)
    share = NumberField(label=_("Share of the use saved (%)"))
    saved = NumberField(label=_("Saved a year, by own calculation"))
    value_vnd = NumberField(
        label=_("Money saved a year (VND)"),
        help_text=_("Leave blank to take it from the price of the baseline."),
    )
    investment_vnd = NumberField(label=_("Investment (VND)"))
    source = forms.CharField(label=_("Source of the figures"), required=False, max_length=300)

    def __init__(self, *args: Any, page: MeasurePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calculator = page.calculator
        allowed = carriers_of(page.measure.use)
        methods = list(Sizing.Method.choices)
        if page.calculator is None:
            methods = [one for one in methods if one[0] != Sizing.Method.CALCULATOR]
        if not allowed or page.measure.use == "electricity.peak":
            methods = [one for one in methods if one[0] != Sizing.Method.SHARE]
        self.fields["method"].choices = methods  # type: ignore[attr-defined]
        shown = usual(allowed)
        self.fields["carrier"].choices = [(one, _carrier_label(one)) for one in shown]  # type: ignore[attr-defined]
        if page.carrier:
            self.fields["carrier"].initial = page.carrier
        if not allowed:
            del self.fields["carrier"], self.fields["saved"]
        if page.calculator is not None:
            for one in page.calculator.fields:
                unit = one.unit.get(language())
                self.fields[f"c_{one.name}"] = NumberField(
                    label=f"{one.label.get(language())} ({unit})"
                )
        if page.sizing is not None:
            last = page.sizing
            self.fields["method"].initial = last.method
            for name, value in last.inputs.items():
                where = {"share": "share", "saved": "saved"}.get(name, f"c_{name}")
                if where in self.fields:
                    shown_value = value * 100 if name == "share" else value
                    self.fields[where].initial = typed(shown_value, language())
            if last.investment_vnd is not None:
                self.fields["investment_vnd"].initial = typed(last.investment_vnd, language())
            self.fields["source"].initial = last.source

    @property
    def calculator_fields(self) -> list[Any]:
        """The bound fields of the calculator."""
        return [self[name] for name in self.fields if name.startswith("c_")]

    def figures(self) -> dict[str, float]:
        """Return the figures of the calculator that were given."""
        return {
            name.removeprefix("c_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("c_") and value is not None
        }


class JudgeForm(PlainForm):
    """Whether the measure can be done, on one side."""

    side = forms.ChoiceField(label=_("Side"), choices=Judgement.Side.choices)
    verdict = forms.ChoiceField(label=_("Verdict"), choices=Judgement.Verdict.choices)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)


class PlanForm(PlainForm):
    """Who carries it out, by when."""

    responsible = forms.CharField(label=_("Responsible"), max_length=150)
    due_on = forms.DateField(label=_("Due on"), widget=forms.DateInput(attrs=_DAY))


class StepForm(PlainForm):
    """One step of the table, with the event the person had before them."""

    to = forms.CharField(max_length=18, widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.DateField(label=_("Day it happened"), widget=forms.DateInput(attrs=_DAY))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=2000)


class ResultForm(PlainForm):
    """What was measured in a year, against the baseline."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    carrier = forms.ChoiceField(label=_("Resource"))
    before = NumberField(label=_("The use before, a year"), required=True)
    after = NumberField(label=_("The use now, a year"), required=True)
    activity_before = NumberField(
        label=_("Output before"),
        help_text=_("In any one unit. With both the baseline is brought to today's output."),
    )
    activity_after = NumberField(label=_("Output now"))
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("The meter or invoices.")
    )

    def __init__(self, *args: Any, page: MeasurePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = carriers_of(page.measure.use)
        shown = usual(allowed)
        self.fields["carrier"].choices = [(one, _carrier_label(one)) for one in shown]  # type: ignore[attr-defined]
        last = page.sizing
        if last is not None:
            self.fields["carrier"].initial = last.carrier
        if page.quantity is not None:
            self.fields["before"].initial = typed(page.quantity, language())
