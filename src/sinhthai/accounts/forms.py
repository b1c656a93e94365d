"""What people type on the pages of this slice."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sinhthai.accounts.models import Membership
from sinhthai.accounts.readers import ACTIONS, AuditFilter
from sinhthai.foundation.numbers import NumberError, parse_date


def _no_null(value: str) -> None:
    if "\0" in value:
        raise ValidationError(_("Remove the invisible characters."))


class SignInForm(LoginForm):
    """The library's form without words inside the fields: they have labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].label = _("Sign-in name or e-mail")
        self.fields["password"].help_text = ""


class PersonForm(forms.Form):
    """A new person of an organisation."""

    full_name = forms.CharField(label=_("Full name"), max_length=150)
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=150,
        help_text=_("Letters, digits and @ . + - _"),
        validators=[UnicodeUsernameValidator()],
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("For a forgotten password.")
    )
    role = forms.ChoiceField(label=_("What they may do"), choices=Membership.Role.choices)


class TokenForm(forms.Form):
    """A new API token."""

    LIFETIMES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("one year"))]
    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("For example: nightly copy to the province's data warehouse."),
    )
    days = forms.ChoiceField(label=_("Valid for"), choices=LIFETIMES, initial="90")


class VietnameseDateField(forms.Field):
    """A day in any of the ways people write one."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> dt.date | None:
        if value in (None, ""):
            return None
        try:
            return parse_date(value)
        except NumberError as error:
            raise ValidationError(_("Write a day such as 31/12/2025.")) from error


class AuditForm(forms.Form):
    """The filters over the audit trail; a wrong one is shown and left out."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        validators=[_no_null],
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    park = forms.CharField(
        label=_("Park code"), required=False, max_length=64, validators=[_no_null]
    )
    person = forms.CharField(
        label=_("Person"), required=False, max_length=100, validators=[_no_null]
    )
    kind = forms.ChoiceField(label=_("About"), required=False)
    since = VietnameseDateField(label=_("From"), required=False)
    until = VietnameseDateField(label=_("To"), required=False)
    sort = forms.ChoiceField(required=False, choices=[("", ""), ("oldest", "oldest")])

    def __init__(self, data: Any, *, language: str) -> None:
        super().__init__(data)
        names = [(code, text.get(language)) for code, text in ACTIONS.items()]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", _("everything")), *names]

    def asked(self) -> AuditFilter:
        """Return the filters that were understood."""
        self.is_valid()
        given = self.cleaned_data
        return AuditFilter(
            text=given.get("q", ""),
            park=given.get("park", ""),
            person=given.get("person", ""),
            kind=given.get("kind", ""),
            since=given.get("since"),
            until=given.get("until"),
            oldest_first=given.get("sort") == "oldest",
        )
