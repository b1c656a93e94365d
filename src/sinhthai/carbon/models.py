"""Activities of enterprises and of parks' own operation, year by year; inventories locked of them.

What was said is appended, never overwritten (H5): a change is a new row of the same line. A locked
inventory pins everything it was computed with (H6) and never changes.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sinhthai.registry.models import Enterprise, Park


class Kept(TypeError):
    """A locked inventory was about to be changed or deleted."""


class LockedRows(models.QuerySet["Inventory"]):
    """Rows that are only added."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise Kept("a locked inventory does not change: recalculate it as a new version")

    def delete(self) -> NoReturn:
        raise Kept("a locked inventory is not deleted")


class ActivityImport(models.Model):
    """An uploaded workbook: kept as it came, shown as a preview, applied once, undone once."""

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="carbon_imports")
    enterprise = models.ForeignKey(
        Enterprise, null=True, on_delete=models.PROTECT, related_name="carbon_imports"
    )
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    # What the preview showed: applying refuses when the store has changed under it.
    preview_digest = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)


class ActivityRow(models.Model):
    """What is known of one line of one year from ``recorded_at`` on.

    ``enterprise`` none: the park's own operation. The columns are those of the engine's
    ``Activity``; ``quantity`` none is not reported, never zero.
    """

    class Origin(models.TextChoices):
        ENTERED = "entered", _("entered by hand")
        IMPORTED = "imported", _("from a workbook")
        REPORTED = "reported", _("from the report")

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="carbon_activities")
    enterprise = models.ForeignKey(
        Enterprise, null=True, on_delete=models.PROTECT, related_name="carbon_activities"
    )
    year = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=40)  # its name within the year, never given twice
    is_current = models.BooleanField(default=True)
    is_withdrawn = models.BooleanField(default=False)
    kind = models.CharField(max_length=12)
    what = models.CharField(max_length=120)
    quantity = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=20)
    scope = models.PositiveSmallIntegerField(default=1)
    category = models.CharField(max_length=40, blank=True)
    parameters = models.JSONField(default=dict)
    uncertainty = models.FloatField(null=True, blank=True)  # half-width, per cent
    from_park = models.BooleanField(default=False)  # the park itself sold or treated it
    note = models.TextField(blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.ENTERED)
    item = models.CharField(max_length=60, blank=True)  # the reported item it was taken from
    batch = models.ForeignKey(
        ActivityImport, null=True, on_delete=models.PROTECT, related_name="rows"
    )
    recorded_at = models.DateTimeField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "year", "line"],
                condition=models.Q(is_current=True, enterprise__isnull=False),
                name="one_current_activity",
            ),
            models.UniqueConstraint(
                fields=["park", "year", "line"],
                condition=models.Q(is_current=True, enterprise__isnull=True),
                name="one_current_own_activity",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__isnull=True) | models.Q(quantity__gte=0),
                name="activity_not_negative",
            ),
        ]
        indexes = [
            models.Index(
                fields=["park", "year"],
                condition=models.Q(is_current=True),
                name="carbon_activity_of_park",
            )
        ]


class InventorySettings(models.Model):
    """How the draft of a year is computed; appended, the last row holds."""

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="carbon_settings")
    enterprise = models.ForeignKey(
        Enterprise, null=True, on_delete=models.PROTECT, related_name="carbon_settings"
    )
    year = models.PositiveSmallIntegerField()
    gwp = models.CharField(max_length=3, default="AR5")
    policy = models.CharField(max_length=8, default="national")
    last_published = models.BooleanField(default=False)
    treats_waste = models.BooleanField(default=False)  # for others: a threshold of its own
    waste_t = models.FloatField(null=True, blank=True)  # none: how much is not known
    recorded_at = models.DateTimeField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["park", "enterprise", "year"])]


class Inventory(models.Model):
    """A locked inventory: everything it was computed with and what came out."""

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="inventories")
    enterprise = models.ForeignKey(
        Enterprise, null=True, on_delete=models.PROTECT, related_name="inventories"
    )
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    data = models.JSONField()  # activities, settings, lines, totals, factors as they were
    difference = models.JSONField(default=dict)  # from the version before, by line and cause
    waste_t = models.FloatField(null=True, blank=True, default=0.0)
    co2e_t = models.FloatField(null=True, blank=True)  # scopes 1 and 2; none: some is unknown
    known_t = models.FloatField()
    factors_hash = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)  # of a recalculation
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = LockedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "year", "version"],
                condition=models.Q(enterprise__isnull=False),
                name="inventory_version_once",
            ),
            models.UniqueConstraint(
                fields=["park", "year", "version"],
                condition=models.Q(enterprise__isnull=True),
                name="own_inventory_version_once",
            ),
        ]
        indexes = [models.Index(fields=["park", "year"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; one that stands is never written again."""
        if self.pk is not None:
            raise Kept("a locked inventory does not change: recalculate it as a new version")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Kept("a locked inventory is not deleted")
