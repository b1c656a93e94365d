"""What a person may send to the pages of an enterprise's streams, read before any action runs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sinhthai.foundation.numbers import Amount, NumberError, format_number, parse_amount
from sinhthai.foundation.units import UnitError, convert
from sinhthai.symbiosis.engine.given import Range, StreamGiven
from sinhthai.symbiosis.engine.given_words import Found
from sinhthai.symbiosis.engine.knowledge import Knowledge
from sinhthai.symbiosis.models import Stream, StreamVersion

# What a quantity may be given in, and the base unit it becomes.
UNITS = {"t": "t", "kg": "t", "m3": "m**3", "MWh": "MWh", "kWh": "MWh", "GJ": "MWh"}
_WRITTEN = {"t": "t", "m**3": "m3", "MWh": "MWh"}
STATES = {
    "solid": _("solid"),
    "sludge": _("sludge"),
    "liquid": _("liquid"),
    "gas": _("gas"),
    "energy": _("energy (heat, steam)"),
}
HAZARD_NAMES = {
    "TT": _("TT: ordinary industrial waste"),
    "TT-R": _("TT-R: ordinary waste re-used or recycled as a raw material"),
    "KS": _("KS: to be tested, may be hazardous"),
    "NH": _("NH: hazardous waste"),
}
SORTED = {"": _("not known"), "yes": _("yes"), "no": _("no")}
QUALITY_ROWS = 4
MOST_QUALITY_ROWS = 30


class StreamForm(forms.Form):
    """One offer or need, in the words and units of the person who enters it.

    :meth:`given` returns it in base units. What is wrong with the content is judged by
    ``engine.given.check_stream`` and told through :meth:`tell`.
    """

    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=Stream.Direction.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you give it or ask for it.")},
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=300,
        help_text=_("As you call it, for example: fly ash, spent acid, steam condensate."),
        error_messages={"required": _("Write the usual name of the stream.")},
    )
    material = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=64,
        help_text=_("Vietnamese or European waste code, if you know it: vn:120605, ewc:100102."),
    )
    quantity = forms.CharField(label=_("Quantity a year"), required=False, max_length=40)
    quantity_min = forms.CharField(label=_("At least"), required=False, max_length=40)
    quantity_max = forms.CharField(label=_("At most"), required=False, max_length=40)
    unit = forms.ChoiceField(
        label=_("Unit"),
        choices=[
            (_("mass"), [("t", _("t")), ("kg", "kg")]),
            (_("volume"), [("m3", "m³")]),
            (_("energy"), [("MWh", "MWh"), ("kWh", "kWh"), ("GJ", "GJ")]),
        ],
    )
    year = forms.IntegerField(
        label=_("Year the quantity is of"), required=False, min_value=2000, max_value=2100
    )
    months = forms.TypedMultipleChoiceField(
        label=_("Months it runs in"),
        coerce=int,
        choices=[(month, str(month + 1)) for month in range(12)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the months the stream runs in.")},
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("not stated")), *STATES.items()]
    )
    hazard = forms.ChoiceField(
        label=_("Class of waste"),
        required=False,
        choices=[("", _("not stated")), *((code, HAZARD_NAMES[code]) for code in HAZARD_NAMES)],
        help_text=_("As in the list of Circular 02/2022/TT-BTNMT. It decides what the law allows."),
    )
    sorted = forms.ChoiceField(
        label=_("Sorted at source"), required=False, choices=list(SORTED.items())
    )
    price = forms.CharField(
        label=_("Price (VND per unit)"),
        required=False,
        max_length=40,
        help_text=_("What you ask for one unit. Negative: you pay for its removal."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Seen by the facilitator and, once both agreed, by the partner."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    keep_both = forms.BooleanField(
        label=_("It is another stream; enter it although the name is the same"), required=False
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        knowledge: Knowledge,
        language: str,
        version: StreamVersion | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(
            data,
            label_suffix="",
            initial=_initial(version, language) if version else _START | (initial or {}),
        )
        self.knowledge = knowledge
        self.language = language
        self.stored = version
        self._quality: dict[str, Range] = {}
        if version is not None:
            del self.fields["direction"]  # an offer does not become a need

    @cached_property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters a quality may be given in: code, name with unit."""
        named = [
            (code, f"{one.name.get(self.language)}{f' ({one.unit})' if one.unit else ''}")
            for code, one in self.knowledge.parameters.items()
        ]
        return sorted(named, key=lambda one: one[1].casefold())

    @cached_property
    def quality_rows(self) -> list[dict[str, str]]:
        """The rows of the quality table, as sent or as stored, with some to spare."""
        if self.is_bound:
            rows = [
                {part: self.data.get(f"q{at}-{part}", "") for part in ("parameter", "low", "high")}
                for at in range(MOST_QUALITY_ROWS)
                if f"q{at}-parameter" in self.data
            ]
        else:
            stored = self.stored.quality if self.stored else {}
            rows = [
                {"parameter": code, "low": self._said(low), "high": self._said(high)}
                for code, (low, high) in stored.items()
            ]
        filled = [row for row in rows if any(row.values())]
        spare = max(QUALITY_ROWS - len(filled), 1)
        return [*filled, *({"parameter": "", "low": "", "high": ""} for _ in range(spare))]

    def clean_code(self) -> str:
        """Return the code without blanks; digits alone are not a code of any list."""
        return "".join(self.cleaned_data["code"].split())

    def clean_price(self) -> float | None:
        """Return the price in VND per base unit, or None."""
        amount = self._amount("price")
        if amount is None:
            return None
        try:
            price = convert(amount.value, amount.unit, "VND") if amount.unit else amount.value
        except UnitError as error:
            raise self._refused(error) from error
        per = convert(1.0, self.data.get("unit", "t"), self._base())
        return price / per

    def clean_sorted(self) -> bool | None:
        """Return yes, no, or not known."""
        return {"yes": True, "no": False}.get(self.cleaned_data["sorted"])

    def clean(self) -> dict[str, Any]:
        """Read the quantities in their unit, and the quality table."""
        cleaned = super().clean() or {}
        for name in ("quantity", "quantity_min", "quantity_max"):
            try:
                cleaned[name] = self._in_base_units(name)
            except forms.ValidationError as error:
                self.add_error(name, error)
        for row in self.quality_rows:
            self._read_quality(row)
        return cleaned

    def given(self, direction: str = "") -> StreamGiven:
        """Return what was entered, in base units; only of a form without errors."""
        said = self.cleaned_data
        return StreamGiven(
            direction=said.get("direction") or direction,
            name=" ".join(said["name"].split()),
            unit=self._base(),
            code=said["code"],
            material=said["material"],
            quantity=said["quantity"],
            quantity_min=said["quantity_min"],
            quantity_max=said["quantity_max"],
            months=sum(1 << month for month in said["months"]),
            state=said["state"],
            hazard=said["hazard"],
            sorted=said["sorted"],
            price=said["price"],
            quality=self._quality,
            note=said["note"],
            year=said["year"],
        )

    def tell(self, found: tuple[Found, ...]) -> None:
        """Put every error of the content beside the field it is about."""
        for where, problem in found:
            if problem.severity == "error":
                said = f"{problem.message.get(self.language)} {problem.cure.get(self.language)}"
                self.add_error(where if where in self.fields else None, said)

    def _base(self) -> str:
        unit = self.data.get("unit", "") if self.is_bound else ""
        return UNITS.get(unit, "t")

    def _in_base_units(self, name: str) -> float | None:
        amount = self._amount(name)
        if amount is None:
            return None
        written = amount.unit or self.data.get("unit", "")
        try:
            return convert(amount.value, written, self._base())
        except UnitError as error:
            raise self._refused(error) from error

    def _amount(self, name: str) -> Amount | None:
        raw = str(self.cleaned_data.get(name) or "").strip()
        if not raw:
            return None
        try:
            return parse_amount(raw)
        except NumberError as error:
            raise self._refused(error) from error

    def _read_quality(self, row: dict[str, str]) -> None:
        code = row["parameter"]
        ends: list[float | None] = []
        for part in ("low", "high"):
            raw = row[part].strip()
            try:
                ends.append(parse_amount(raw).value if raw else None)
            except NumberError as error:
                self.add_error(None, self._refused(error))
                return
        if not code and ends != [None, None]:
            self.add_error(None, _("Quality: choose the parameter the values are of."))
        elif code in self._quality:
            self.add_error(None, _("Quality: a parameter stands twice."))
        elif code:
            self._quality[code] = (ends[0], ends[1])

    def _refused(self, error: NumberError | UnitError) -> forms.ValidationError:
        said = f"{error.message.get(self.language)} {error.cure.get(self.language)}"
        return forms.ValidationError(said)

    def _said(self, value: float | None) -> str:
        return "" if value is None else format_number(value, self.language)


_START = {"direction": "offer", "unit": "t", "months": list(range(12)), "sorted": ""}


def _initial(version: StreamVersion, language: str) -> dict[str, Any]:
    """Return a stored version as a person would have typed it."""

    def said(value: float | None) -> str:
        return "" if value is None else format_number(value, language, None)

    return {
        "name": version.name,
        "material": version.material,
        "code": version.code,
        "quantity": said(version.quantity),
        "quantity_min": said(version.quantity_min),
        "quantity_max": said(version.quantity_max),
        "unit": _WRITTEN.get(version.unit, "t"),
        "year": version.year,
        "months": [month for month in range(12) if version.months >> month & 1],
        "state": version.state,
        "hazard": version.hazard,
        "sorted": {True: "yes", False: "no", None: ""}[version.sorted],
        "price": said(version.price),
        "note": version.note,
        "version": version.pk,
    }


class UploadForm(forms.Form):
    """One list of streams."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx), at most 10 MB. Start from the template."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": _("Choose the file to upload."),
            "empty": _("The file is empty. Choose it again and upload it once more."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
