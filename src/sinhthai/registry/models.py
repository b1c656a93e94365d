"""Territory with dates, industrial parks and their facts, operators, enterprises, plots."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sinhthai.foundation.text import Text


class Province(models.Model):
    """A provincial unit of one era: 63 until 30 June 2025, 34 since 1 July 2025."""

    code = models.CharField(max_length=2)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # the first day it no longer exists
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    name = models.CharField(max_length=60)  # "Đồng Nai"
    search = models.CharField(max_length=200)  # folded: name and titles
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="province_once")]
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class ProvinceTitle(models.Model):
    """The full name of a unit with its dates: Tỉnh Đồng Nai, since 30 April 2026 Thành phố."""

    province = models.ForeignKey(Province, on_delete=models.CASCADE, related_name="titles")
    valid_from = models.DateField()
    title_vi = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)


class Operator(models.Model):
    """The infrastructure investor that builds and runs parks."""

    code = models.SlugField(max_length=64, unique=True)
    tax_code = models.CharField(max_length=14, blank=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    website = models.URLField(blank=True)
    invented = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name_vi


class Park(models.Model):
    """An industrial park (khu công nghiệp)."""

    code = models.SlugField(max_length=64, unique=True)
    name_vi = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    other_names = models.CharField(max_length=300, blank=True)  # old and popular, "; " between
    search = models.CharField(max_length=1000)  # folded: every name, provinces old and new
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, related_name="parks"
    )  # finest unit known
    province_now = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="parks_now")
    operator = models.ForeignKey(
        Operator, null=True, blank=True, on_delete=models.PROTECT, related_name="parks"
    )
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    point_source = models.CharField(max_length=200, blank=True)
    established_on = models.DateField(null=True, blank=True)
    registered_as_new_eip = models.BooleanField(
        default=False
    )  # Art 38: "EIP" written in its decision
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["name_vi"]

    def __str__(self) -> str:
        return self.name_vi


class ParkFact(models.Model):
    """What one source says of a park on a date. All are kept; one per field is current.

    ``value`` and ``unit_or_note`` are as written down; ``value_vi`` and ``note_vi`` say the same
    in Vietnamese, blank where that would be the same words.
    """

    park = models.ForeignKey(Park, on_delete=models.CASCADE, related_name="facts")
    field = models.CharField(max_length=60)  # area_ha, developer, year_established …
    value = models.CharField(max_length=300)
    value_vi = models.CharField(max_length=300, blank=True)
    number = models.FloatField(null=True, blank=True)
    unit_or_note = models.CharField(max_length=200, blank=True)
    note_vi = models.CharField(max_length=200, blank=True)
    as_of = models.CharField(
        max_length=10, blank=True
    )  # 2023, 2023-09 or 2023-09-17, as the source gives it
    source = models.CharField(max_length=300)
    confidence = models.CharField(
        max_length=10, choices=[("high", _("high")), ("medium", _("medium")), ("low", _("low"))]
    )
    is_current = models.BooleanField(default=False)
    # A person set this one as current: newer facts no longer displace it.
    is_chosen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["park", "field"],
                condition=models.Q(is_current=True),
                name="one_current_fact",
            )
        ]

    @property
    def said(self) -> Text:
        """The value in both languages."""
        return Text(self.value_vi or self.value, self.value)

    @property
    def note(self) -> Text:
        """The unit or note in both languages."""
        return Text(self.note_vi or self.unit_or_note, self.unit_or_note)


class Enterprise(models.Model):
    """An enterprise of a park."""

    code = models.CharField(max_length=64, unique=True)  # stable; the tax code where known
    tax_code = models.CharField(max_length=14, unique=True, null=True, blank=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    search = models.CharField(max_length=500)  # folded: names, codes
    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="enterprises")
    vsic = models.CharField(max_length=5, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True)
    country = models.CharField(max_length=60, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["name_vi"]

    def __str__(self) -> str:
        return self.name_vi


class EnterpriseStatus(models.Model):
    """The status of an enterprise from a day on."""

    class Status(models.TextChoices):
        REGISTERED = "registered", _("registered")
        LEASED = "leased", _("land leased")
        OPERATING = "operating", _("operating")
        SUSPENDED = "suspended", _("suspended")
        CLOSED = "closed", _("closed")

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=12, choices=Status.choices)
    valid_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "valid_from"], name="status_once_a_day")
        ]


class Plot(models.Model):
    """A piece of the park's land and what it is used for."""

    class Use(models.TextChoices):
        INDUSTRIAL = "industrial", _("industrial land")
        SERVICE = "service", _("service land")
        GREENERY = "greenery", _("greenery")
        ROADS = "roads", _("roads")
        TECHNICAL = "technical", _("technical areas")
        SOCIAL = "social", _("shared social infrastructure")

    park = models.ForeignKey(Park, on_delete=models.CASCADE, related_name="plots")
    code = models.CharField(max_length=40)
    use = models.CharField(max_length=12, choices=Use.choices)
    area_ha = models.DecimalField(max_digits=10, decimal_places=4)
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.SET_NULL, related_name="plots"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["park", "code"], name="plot_once")]


class RegistryImport(models.Model):
    """An uploaded list: kept as it came, shown as a preview, applied once or never."""

    class Kind(models.TextChoices):
        PARKS = "parks", _("parks")
        ENTERPRISES = "enterprises", _("enterprises")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    park = models.ForeignKey(Park, null=True, blank=True, on_delete=models.PROTECT)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    # What the preview showed: applying refuses when the store has changed under it.
    preview_digest = models.CharField(max_length=64, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
