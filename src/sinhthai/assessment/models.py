"""Saved assessments: what was found, and the pins that let anybody compute it again (H6)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sinhthai.registry.models import Park


class Assessment(models.Model):
    """The findings for a park against a framework on a day. A finding is not a decision (H7)."""

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="assessments")
    family = models.CharField(max_length=40)
    framework = models.CharField(max_length=60)
    on = models.DateField()
    year = models.PositiveSmallIntegerField()
    options = models.JSONField(default=dict)
    engine_version = models.CharField(max_length=20)
    rules_hash = models.CharField(max_length=64)
    input_digest = models.CharField(max_length=64)
    known_at = models.DateTimeField()  # facts as known at this moment
    findings = models.JSONField(default=list)
    met = models.PositiveSmallIntegerField()
    not_met = models.PositiveSmallIntegerField()
    undetermined = models.PositiveSmallIntegerField()
    not_applicable = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    is_current = models.BooleanField(default=True)  # the newest of its park and family

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["park", "family"],
                condition=models.Q(is_current=True),
                name="one_current_assessment",
            )
        ]
        indexes = [models.Index(fields=["family", "is_current"])]


class Roadmap(models.Model):
    """A way to the criteria as it was found, with its pins. A plan is not a decision (H7)."""

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="roadmaps")
    family = models.CharField(max_length=40)
    framework = models.CharField(max_length=60)
    by_day = models.DateField()  # all criteria met by then
    asked = models.JSONField(default=dict)  # goals, years, budgets, rate, readings, seconds
    result = models.JSONField(default=dict)  # assessment.roadmap.document, frozen
    options_file = models.BinaryField(null=True, blank=True)  # the person's own options
    options_name = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12)  # of the first plan
    all_met = models.BooleanField()
    cost = models.FloatField()  # VND, net present, of the first plan
    investment = models.FloatField()
    co2e = models.FloatField()  # t a year
    engine_version = models.CharField(max_length=20)
    rules_hash = models.CharField(max_length=64)
    factors_hash = models.CharField(max_length=64)
    input_digest = models.CharField(max_length=64)
    known_at = models.DateTimeField()  # facts as known at this moment
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)  # whoever reads the park reads it then
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["park", "-id"])]
