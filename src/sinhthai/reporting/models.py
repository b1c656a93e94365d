"""Reported facts: append-only records, the batches they came in, evidence, reports and approval.

A record holds what one source said of one subject and year in one go. Nothing is overwritten
(H5): a later record of the same item wins, a reverted batch no longer counts, and "as known on
day X" is a filter on ``recorded_at`` and the batch's dates.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sinhthai.registry.models import Enterprise, Park


class Report(models.Model):
    """The report of a park for a year: the folder its values, evidence and approval live in."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("revision requested")
        APPROVED = "approved", _("approved")

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the values as submitted / approved

    class Meta:
        constraints = [models.UniqueConstraint(fields=["park", "year"], name="report_once_a_year")]


class Batch(models.Model):
    """One import: a file somebody uploaded, previewed, and applied; it can be reverted."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("preview")
        APPLIED = "applied", _("applied")
        REVERTED = "reverted", _("undone")
        DISCARDED = "discarded", _("discarded")

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="batches")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEW)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to="imports/")
    exported_at = models.DateTimeField(
        null=True
    )  # when the workbook left the store: the diff's base
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)
    reverted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reverted_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)  # new, changed, same, conflict, refused
    problems = models.JSONField(default=list)
    changes = models.FileField(upload_to="imports/", blank=True)  # the preview's rows, as Parquet
    basis = models.CharField(max_length=64, blank=True)  # digest of the store as previewed against

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["park", "-id"])]


class Record(models.Model):
    """What one source said of one subject (a park, or an enterprise of it) for one year.

    ``values``      item code -> number, true/false, text or choice code
    ``qualifiers``  item code -> "at_least" | "at_most" | "about" (else the value is exact)
    ``absences``    item code -> an Absence reason; such an item has no value here
    ``cells``       item code -> "Sheet!C12" it was read from, for workbook records
    """

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="records")
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="records"
    )
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(null=True, blank=True)
    values = models.JSONField(default=dict)
    qualifiers = models.JSONField(default=dict)
    absences = models.JSONField(default=dict)
    cells = models.JSONField(default=dict)
    source = models.CharField(max_length=300, blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    confidence = models.CharField(max_length=10, blank=True)
    batch = models.ForeignKey(
        Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="records"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    reverted_at = models.DateTimeField(null=True, blank=True)  # copied from the batch when undone

    class Meta:
        indexes = [
            models.Index(fields=["park", "year"]),
            models.Index(fields=["enterprise", "year"]),
        ]


class Evidence(models.Model):
    """A file that proves a value, bound to it by the file's SHA-256."""

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="evidence")
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    year = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=60)
    file = models.FileField(upload_to="evidence/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["park", "year", "item"])]
