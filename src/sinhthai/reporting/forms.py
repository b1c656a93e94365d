"""What a person may send to the reporting pages, checked before any action runs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinhthai.foundation.absence import Absence
from sinhthai.foundation.numbers import NumberError, parse_amount, parse_date
from sinhthai.foundation.units import UnitError, convert
from sinhthai.reporting.actions.values import FIRST_YEAR
from sinhthai.reporting.wording import NO, YES
from sinhthai.rules.model import Item


class PlainForm(forms.Form):
    """A form whose labels stand above their fields and need no colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class UploadForm(PlainForm):
    """One workbook of one year."""

    year = forms.TypedChoiceField(label=_("Report of the year"), coerce=int)
    workbook = forms.FileField(
        label=_("Workbook"),
        widget=forms.FileInput(attrs={"accept": ".xlsx", "aria-describedby": "workbook-hint"}),
        error_messages={
            "required": _("Choose the workbook to upload."),
            "empty": _("The file is empty. Choose it again and upload it once more."),
        },
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(today.year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class ValueForm(PlainForm):
    """One value of one item, or the reason why there is none."""

    absence = forms.ChoiceField(label=_("or no value, because"), required=False)
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=300,
        help_text=_("Where the figure comes from: a document, a meter, a decision."),
    )

    def __init__(self, *args: Any, item: Item, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.language = language
        self.qualifier = ""  # read from the value: "≥ 30"
        self.fields["value"] = self._value_field()
        self.fields["absence"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((reason.value, reason.label.get(language)) for reason in Absence),
        ]
        self.order_fields(["value", "absence", "source"])

    def _value_field(self) -> forms.Field:
        label, item = _("New value"), self.item
        if item.kind == "boolean":
            choices = [("", "—"), ("yes", YES.get(self.language)), ("no", NO.get(self.language))]
            return forms.ChoiceField(label=label, choices=choices, required=False)
        if item.kind == "choice":
            named = [(choice.code, choice.name.get(self.language)) for choice in item.choices]
            return forms.ChoiceField(label=label, choices=[("", "—"), *named], required=False)
        if item.kind == "text":
            return forms.CharField(
                label=label,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        return forms.CharField(label=label, required=False, max_length=60)

    def clean_value(self) -> object:
        """Return a typed value; numbers and days in either style, as in the workbook."""
        raw = self.cleaned_data["value"]
        if raw == "":
            return None
        try:
            if self.item.kind == "boolean":
                return raw == "yes"
            if self.item.kind in ("number", "integer"):
                amount = parse_amount(raw)
                self.qualifier = amount.qualifier or ""
                if amount.unit:
                    return convert(amount.value, amount.unit, self.item.unit)
                return amount.value
            if self.item.kind == "date":
                return parse_date(raw).isoformat()
        except (NumberError, UnitError) as error:
            said = f"{error.message.get(self.language)} {error.cure.get(self.language)}"
            raise forms.ValidationError(said) from error
        return raw

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of value and reason."""
        cleaned = super().clean() or {}
        has_value = cleaned.get("value") is not None
        if "value" in cleaned and has_value == bool(cleaned.get("absence")):
            self.add_error("value", _("Give a value, or the reason why there is none; not both."))
        return cleaned


class EvidenceForm(PlainForm):
    """One file that proves a value."""

    file = forms.FileField(
        label=_("Evidence file"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"}),
        error_messages={
            "required": _("Choose the file to upload."),
            "empty": _("The file is empty. Choose it again and upload it once more."),
        },
    )


class ReturnForm(PlainForm):
    """What the park office has to revise."""

    note = forms.CharField(
        label=_("What has to be revised"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say what has to be revised.")},
    )
