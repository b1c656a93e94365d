"""What the authorities fill in: a step, a judgement, an override, a request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinhthai.certification.models import Dossier, Opinion
from sinhthai.rules.procedures import Step

LONGEST = 8_000  # characters of one text


class StepForm(forms.Form):
    """Take one step: a reason where the law or the procedure wants one, and a plain yes.

    ``version`` is that of the dossier as the person read it: who acts on an older one is told.
    """

    step = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    confirm = forms.BooleanField()

    def __init__(self, data: Any, *, step: Step, dossier: Dossier, question: str) -> None:
        initial = {"step": step.id, "version": dossier.version}
        super().__init__(data, initial=initial, auto_id=f"{step.id}-%s")
        if step.reason:
            self.fields["reason"].help_text = _(
                "It is kept with the step and stands in its document."
            )
        else:
            del self.fields["reason"]
        if question:
            self.fields["confirm"].label = question
        else:
            del self.fields["confirm"]


class OverrideForm(forms.Form):
    """A legal override: which obstacle, on what legal basis, and why."""

    what = forms.ChoiceField(label=_("What it overrides"))
    clause = forms.CharField(
        label=_("Legal basis"),
        max_length=120,
        help_text=_("The provision that allows it: document, article, clause, point."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    confirm = forms.BooleanField(
        label=_("I know that my name, the legal basis and the reason stand on the certificate.")
    )

    def __init__(self, data: Any, *, obstacles: Iterable[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="override-%s")
        self.fields["what"] = forms.ChoiceField(
            label=_("What it overrides"), choices=[("", "—"), *obstacles]
        )

    def chosen(self) -> tuple[str, str]:
        """Return the criterion and the obstacle."""
        leaf, _sep, obstacle = self.cleaned_data["what"].rpartition(":")
        return leaf, obstacle


class WithdrawOverrideForm(forms.Form):
    """Why a legal override is withdrawn."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is kept with the dossier; what the override lifted stands again."),
    )


class DeliveryForm(forms.Form):
    """On which day a body was handed the dossier, and what proves it."""

    on = forms.DateField(
        label=_("Day of delivery"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    proof = forms.CharField(
        label=_("Proof of delivery"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What shows it: the postal receipt, the stamp of its clerk, with its number."),
    )

    def __init__(self, data: Any, *, sent: dt.date, today: dt.date) -> None:
        super().__init__(data)
        days = {"min": sent.isoformat(), "max": today.isoformat()}
        self.fields["on"].widget.attrs |= days


POSITIONS = frozenset(Opinion.Position.values)


def asked_for(post: Mapping[str, str], known: Iterable[str]) -> list[tuple[str, str]]:
    """Return what is asked of the applicant: about what, in what words; blanks left out."""
    found = [(about, str(post.get(f"ask-{about}", "")).strip()[:LONGEST]) for about in known]
    return [(about, words) for about, words in found if words]


def positions_given(post: Mapping[str, str], leaves: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return a position and a remark for each criterion something was said of."""
    found: dict[str, dict[str, str]] = {}
    for leaf in leaves:
        position = str(post.get(f"position-{leaf}", ""))
        remark = str(post.get(f"remark-{leaf}", "")).strip()[:LONGEST]
        if position in POSITIONS or remark:
            kept = position if position in POSITIONS else ""
            found[leaf] = {"position": kept, "remark": remark}
    return found
