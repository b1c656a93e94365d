"""What a person may send to the pages of inspections, alerts, cases and milestones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinhthai.foundation.text import Text
from sinhthai.supervision.models import Ground, Observation

_DAY = {"type": "date"}
_LONGEST = 4000
Choices = Sequence[tuple[str, str]]


def said(text: Text) -> str:
    """Return *text* in the language of the page."""
    return text.get(get_language() or "vi")


class PlainForm(forms.Form):
    """A form whose labels stand above their fields and need no colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class FilesInput(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; none is an empty list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return every file given."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(given)


def read_files(given: Sequence[Any]) -> list[tuple[str, bytes]]:
    """Return name and content of uploaded files; of one too large, enough to be refused."""
    most = settings.SINHTHAI_UPLOAD_MAX_BYTES
    return [(one.name or "", one.read(most + 1)) for one in given]


def _text(label: Any, *, rows: int = 3, help_text: Any = "", required: bool = True) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class InspectionForm(PlainForm):
    """Plan a visit."""

    purpose = _text(_("Purpose"), help_text=_("What is looked at, and why now."))
    planned_on = forms.DateField(label=_("Planned day"), widget=forms.DateInput(attrs=_DAY))
    team = forms.CharField(
        label=_("Team"), required=False, max_length=300, help_text=_("Who takes part.")
    )


class HeldForm(PlainForm):
    """Record that a visit took place."""

    held_on = forms.DateField(label=_("Day it was held"), widget=forms.DateInput(attrs=_DAY))
    team = forms.CharField(label=_("Team"), required=False, max_length=300)
    uploads = FilesField(
        label=_("Minutes and photographs"),
        required=False,
        help_text=_("PDF, pictures, Word or Excel."),
    )


class ObservationForm(PlainForm):
    """Write what a visit found."""

    leaf = forms.ChoiceField(label=_("Criterion"), required=False)
    clause = forms.CharField(
        label=_("Clause of law"),
        required=False,
        max_length=120,
        help_text=_("Where it is no criterion: the clause breached."),
    )
    severity = forms.ChoiceField(label=_("How serious"), choices=Observation.Severity.choices)
    text = _text(_("What was found"))

    def __init__(self, *args: Any, leaves: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaf"].choices = [("", _("none")), *leaves]  # type: ignore[attr-defined]


class ActionForm(PlainForm):
    """Ask to put something right."""

    what = _text(_("What is to be put right"), rows=2)
    due_on = forms.DateField(
        label=_("To be done by"),
        widget=forms.DateInput(attrs=_DAY),
        help_text=_("A day off moves to the next working day."),
    )


class AnswerForm(PlainForm):
    """Say what was done."""

    text = _text(_("What was done"))
    uploads = FilesField(
        label=_("Proof"), required=False, help_text=_("PDF, pictures, Word or Excel.")
    )


class MinutesForm(PlainForm):
    """Add minutes or photographs."""

    uploads = FilesField(
        label=_("Minutes and photographs"), help_text=_("PDF, pictures, Word or Excel.")
    )


class VerdictForm(PlainForm):
    """Accept what was done, or ask again."""

    accepted = forms.ChoiceField(
        label=_("Verdict"),
        choices=[("yes", _("Put right: accept")), ("no", _("Not put right: ask again"))],
        widget=forms.RadioSelect,
    )
    verdict = _text(_("Reason"), rows=2)
    due_on = forms.DateField(
        label=_("New day"),
        required=False,
        widget=forms.DateInput(attrs=_DAY),
        help_text=_("Only when it is not accepted."),
    )


class ConclusionForm(PlainForm):
    """Conclude a visit."""

    conclusion = _text(_("Conclusion"))


class ReasonForm(PlainForm):
    """A decision with its reason."""

    reason = _text(_("Reason"), rows=2)


class EvidenceForm(PlainForm):
    """What a decision about a certificate rests on."""

    alert = forms.ChoiceField(label=_("Alert"), required=False)
    inspection = forms.ChoiceField(label=_("Inspection"), required=False)

    def __init__(
        self, *args: Any, alerts: Choices = (), inspections: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("alert", alerts), ("inspection", inspections)):
            self.fields[name].choices = [("", _("none")), *choices]  # type: ignore[attr-defined]


class SuspensionForm(EvidenceForm):
    """Suspend a certificate."""

    clause = forms.CharField(
        label=_("Legal basis"),
        max_length=120,
        help_text=_("Decree 35/2022 says nothing of suspension: name the clause that allows it."),
    )
    reason = _text(_("Reason"), rows=2)
    field_order = ("clause", "reason", "alert", "inspection")


class RevocationForm(EvidenceForm):
    """Open a revocation case on a ground of Article 44."""

    letter = forms.ChoiceField(label=_("Ground (Article 44)"), widget=forms.RadioSelect)
    facts = _text(_("Facts"), rows=5, help_text=_("What happened, when, how it is known."))
    request = FilesField(
        label=_("The holder's written request"),
        required=False,
        help_text=_("For ground c: the scan of the signed letter."),
    )
    field_order = ("letter", "facts", "alert", "inspection", "request")

    def __init__(self, *args: Any, grounds: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letter"].choices = grounds  # type: ignore[attr-defined]
        if [code for code, _name in grounds] == [Ground.Letter.REQUEST]:
            self.initial["letter"] = Ground.Letter.REQUEST
            for name in ("alert", "inspection"):
                del self.fields[name]


class MilestoneForm(PlainForm):
    """Add a step of the roadmap."""

    title = forms.CharField(label=_("Milestone"), max_length=300)
    leaf = forms.ChoiceField(label=_("Criterion it leads to"), required=False)
    due_on = forms.DateField(label=_("To be done by"), widget=forms.DateInput(attrs=_DAY))

    def __init__(self, *args: Any, leaves: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaf"].choices = [("", _("none")), *leaves]  # type: ignore[attr-defined]


class ReachedForm(PlainForm):
    """Report that a milestone was reached."""

    done_on = forms.DateField(label=_("Day it was reached"), widget=forms.DateInput(attrs=_DAY))
    remark = _text(_("Remark"), rows=2, required=False)
