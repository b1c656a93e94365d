"""What an applicant may send, checked before any action runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinhthai.assessment.forms import EARLIEST
from sinhthai.certification.engine.contents import EXPLAIN, LONGEST, Field, Section
from sinhthai.certification.models import Supplement
from sinhthai.reporting.forms import PlainForm
from sinhthai.rules.model import Leaf, Option

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"


class ApplyForm(PlainForm):
    """The day whose rules count, the year of the facts, and how the law is read."""

    on = forms.DateField(
        label=_("Criteria in force on"),
        help_text=_("Usually today: the criteria of that day are the ones you are held against."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    year = forms.TypedChoiceField(
        label=_("Data of the year"),
        help_text=_("The year of the yearly report the dossier is made from."),
        coerce=int,
    )

    def __init__(
        self,
        *args: Any,
        years: Sequence[int],
        today: dt.date,
        options: Iterable[Option] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        self.today = today
        self.fields["on"].initial = today
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self._options = list(options)
        for option in self._options:
            self.fields[option.id] = forms.ChoiceField(
                label=option.title.get(language),
                help_text=f"{option.id} · {option.clause}",
                initial=option.default,
                choices=[(choice.code, choice.name.get(language)) for choice in option.choices],
            )

    @property
    def readings(self) -> list[forms.BoundField]:
        """The fields that choose a reading of the law."""
        return [self[option.id] for option in self._options]

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day < EARLIEST:
            raise forms.ValidationError(_("There were no criteria before the year 2000."))
        if day > self.today:
            raise forms.ValidationError(_("Choose a day up to today: later rules may change."))
        return day

    def chosen(self) -> dict[str, str]:
        """Return the readings chosen, by option."""
        return {option.id: self.cleaned_data[option.id] for option in self._options}


class ContentsForm(PlainForm):
    """One section of what the applicant writes. Nothing is required yet: a draft may be half done.

    What must be there before sending is on the list of what is missing.
    """

    def __init__(
        self,
        *args: Any,
        section: Section,
        subject: str,
        contents: Mapping[str, str],
        leaves: Sequence[Leaf] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        self.written = [field for field in section.fields if subject in field.subjects]
        for field in self.written:
            self.fields[field.id] = _input(field, contents.get(field.id, ""), language)
        self.leaves = list(leaves)
        for leaf in self.leaves:
            name = EXPLAIN + leaf.id
            self.fields[name] = forms.CharField(
                label=f"{leaf.clause} · {leaf.title.get(language)}",
                required=False,
                max_length=LONGEST,
                initial=contents.get(name, ""),
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def plain(self) -> list[tuple[Field, forms.BoundField]]:
        """The fields of the section, without those of single criteria."""
        return [(field, self[field.id]) for field in self.written]

    @property
    def explained(self) -> list[forms.BoundField]:
        """The fields of single criteria."""
        return [self[EXPLAIN + leaf.id] for leaf in self.leaves]

    def contents(self) -> dict[str, str]:
        """Return what was written, field by field."""
        return {
            name: value.replace("\r\n", "\n").strip() for name, value in self.cleaned_data.items()
        }


class PaperForm(PlainForm):
    """One file of one paper."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "aria-describedby": "file-hint"}),
        error_messages={
            "required": _("Choose the file to upload."),
            "empty": _("The file is empty. Choose it again and upload it once more."),
        },
    )


class SupplementsForm(PlainForm):
    """An answer to each thing asked for."""

    def __init__(self, *args: Any, asked: Sequence[Supplement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        for number, one in enumerate(self.asked, 1):
            self.fields[f"answer-{one.pk}"] = forms.CharField(
                label=_("Answer to request {number}").format(number=number),
                required=False,
                max_length=LONGEST,
                initial=one.answer,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def rows(self) -> list[tuple[Supplement, forms.BoundField]]:
        """Return each request with the field of its answer."""
        return [(one, self[f"answer-{one.pk}"]) for one in self.asked]

    def answers(self) -> list[tuple[Supplement, str]]:
        """Return the answers written."""
        given = [(one, self.cleaned_data[f"answer-{one.pk}"].strip()) for one in self.asked]
        return [(one, answer) for one, answer in given if answer]


class SendForm(PlainForm):
    """The confirmation before a dossier leaves the house."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("I have read the dossier; what it says is true and I may send it."),
        error_messages={"required": _("Confirm that the dossier is right before you send it.")},
    )


class WithdrawForm(PlainForm):
    """Why a dossier is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why do you withdraw it?"),
        help_text=_("Everybody who works on the dossier reads this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why the dossier is withdrawn.")},
    )


def _input(field: Field, value: str, language: str) -> forms.CharField:
    widget = (
        forms.TextInput()
        if field.lines == 1
        else forms.Textarea(attrs={"rows": field.lines, "class": "long"})
    )
    return forms.CharField(
        label=field.title.get(language),
        help_text=field.hint.get(language),
        required=False,
        max_length=300 if field.lines == 1 else LONGEST,
        initial=value,
        widget=widget,
    )
