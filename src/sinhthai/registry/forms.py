"""The few things people type into the register by hand."""

from __future__ import annotations

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinhthai.foundation.numbers import NumberError, parse_date
from sinhthai.registry.engine.statuses import STATUS_NAMES


class DayField(forms.Field):
    """A day as the browser sends it or as a person types it, in either style."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: object) -> object:
        if value in self.empty_values:
            return None
        try:
            return parse_date(value)
        except NumberError as error:
            language = get_language() or "vi"
            raise forms.ValidationError(
                f"{error.message.get(language)} {error.cure.get(language)}"
            ) from error


def _statuses() -> list[tuple[str, str]]:
    language = get_language() or "vi"
    return [("", "—"), *((code, name.get(language)) for code, name in STATUS_NAMES.items())]


class StatusForm(forms.Form):
    """A status of an enterprise from a day on."""

    status = forms.ChoiceField(label=_("Status"), choices=_statuses)
    valid_from = DayField(label=_("Since"))
