"""RECP audits of enterprises: baseline, walk-through, measures, and every step they took.

What was said is appended, never overwritten (H5): of baselines, answers, sizings, judgements, plans
and results the last row holds. ``AuditMeasure`` keeps what the pages and the sums ask for of it;
every action that changes a row behind it refreshes it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sinhthai.registry.models import Enterprise


class Audit(models.Model):
    """The audit of one enterprise against one year: the year of its baseline."""

    class Phase(models.IntegerChoices):
        PLANNING = 1, _("planning and organisation")
        PREASSESSMENT = 2, _("pre-assessment")
        ASSESSMENT = 3, _("assessment")
        FEASIBILITY = 4, _("feasibility")
        IMPLEMENTATION = 5, _("implementation and continuation")

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="audits")
    year = models.PositiveSmallIntegerField()
    phase = models.PositiveSmallIntegerField(choices=Phase.choices, default=Phase.PLANNING)
    lead = models.CharField(max_length=150)  # who leads it, in words: a person, a body
    aim = models.TextField(blank=True)
    # The office of the park reads an audit only when the enterprise says so.
    shared_with_park = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        # Two audits against the same year would count the same saving twice.
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "year"], name="audit_once_a_year")
        ]


class PhaseChange(models.Model):
    """A step from phase to phase. Rows are only added."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="phases")
    before = models.PositiveSmallIntegerField(null=True)
    after = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class BaselineEntry(models.Model):
    """How much of a carrier the enterprise took, in all or for one use; the last row holds.

    ``use`` is empty for the whole of a carrier. ``quantity`` none: not known, never zero.
    """

    class Origin(models.TextChoices):
        REPORTED = "reported", _("reported (form B.4)")
        MEASURED = "measured", _("measured")
        ESTIMATED = "estimated", _("estimated")

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="baseline")
    carrier = models.CharField(max_length=40)
    use = models.CharField(max_length=60, blank=True)
    quantity = models.FloatField(null=True, blank=True)  # a year, in the carrier's base unit
    price_vnd = models.FloatField(null=True, blank=True)  # of one base unit
    origin = models.CharField(max_length=9, choices=Origin.choices)
    source = models.CharField(max_length=300)
    record = models.PositiveBigIntegerField(null=True)  # the reporting record it was taken from
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["audit", "carrier", "use", "-id"])]


class WalkAnswer(models.Model):
    """What the walk-through found of one point of a check list; the last row of a point holds.

    ``point`` is a measure of the catalogue; empty: a note on the whole area.
    """

    class Answer(models.TextChoices):
        POSSIBLE = "possible", _("possible here")
        IN_PLACE = "in_place", _("already in place")
        NOT_APPLICABLE = "not_applicable", _("does not apply")
        UNCLEAR = "unclear", _("to be looked into")

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="walk")
    area = models.CharField(max_length=20)
    point = models.CharField(max_length=60, blank=True)
    answer = models.CharField(max_length=14, choices=Answer.choices, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class AuditMeasure(models.Model):
    """A measure of the catalogue in an audit, with where it stands.

    ``counted`` is what it adds to a total: its own saving, less what other measures of the same
    class already take of the same use. The sums of parks and programmes are sums of these columns.
    """

    class Status(models.TextChoices):
        IDENTIFIED = "identified", _("identified")
        REJECTED = "rejected", _("rejected")
        PLANNED = "planned", _("planned")
        IN_IMPLEMENTATION = "in_implementation", _("in implementation")
        IMPLEMENTED = "implemented", _("implemented")
        VERIFIED = "verified", _("verified")

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="measures")
    measure = models.CharField(max_length=60)  # id in the catalogue
    status = models.CharField(
        max_length=18, choices=Status.choices, default=Status.IDENTIFIED, db_index=True
    )
    status_since = models.DateField()
    counted = models.JSONField(default=dict)  # carrier -> base units a year
    electricity_mwh = models.FloatField(null=True)
    fuel_toe = models.FloatField(null=True)
    water_m3 = models.FloatField(null=True)
    co2e_t = models.FloatField(null=True)
    value_vnd = models.FloatField(null=True)
    investment_vnd = models.FloatField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit", "measure"], name="audit_measure_once")
        ]


class MeasureEvent(models.Model):
    """A step of a measure, with who took it, when and why. Rows are only added."""

    measure = models.ForeignKey(AuditMeasure, on_delete=models.PROTECT, related_name="events")
    before = models.CharField(max_length=18, blank=True)
    after = models.CharField(max_length=18)
    on = models.DateField()  # when it really happened
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Sizing(models.Model):
    """What a measure would save, with everything it was computed from (H6). The last row holds."""

    class Method(models.TextChoices):
        SHARE = "share", _("share of the use")
        CALCULATOR = "calculator", _("calculator")
        ENTERED = "entered", _("own calculation")

    measure = models.ForeignKey(AuditMeasure, on_delete=models.PROTECT, related_name="sizings")
    method = models.CharField(max_length=10, choices=Method.choices)
    calculator = models.CharField(max_length=60, blank=True)
    inputs = models.JSONField(default=dict)  # name -> number, in the units of the calculator
    carrier = models.CharField(max_length=40)
    use_quantity = models.FloatField(null=True)  # of the baseline, when it was sized
    saving = models.JSONField(default=dict)  # carrier -> base units a year
    value_vnd = models.FloatField(null=True)
    co2e_t = models.FloatField(null=True)
    fuel_toe = models.FloatField(null=True)
    investment_vnd = models.FloatField(null=True)
    source = models.CharField(max_length=300, blank=True)
    flags = models.JSONField(default=list)  # what has to be said of it, as [vi, en]
    engine_version = models.CharField(max_length=40)
    catalogue_hash = models.CharField(max_length=64)
    factors_hash = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Judgement(models.Model):
    """Whether a measure can be done, on one side of the question. The last row of a side holds."""

    class Side(models.TextChoices):
        PRELIMINARY = "preliminary", _("preliminary")
        TECHNICAL = "technical", _("technical")
        ECONOMIC = "economic", _("economic")
        ENVIRONMENTAL = "environmental", _("environmental")

    class Verdict(models.TextChoices):
        YES = "yes", _("feasible")
        STUDY = "study", _("needs further study")
        NO = "no", _("not feasible")

    measure = models.ForeignKey(AuditMeasure, on_delete=models.PROTECT, related_name="judgements")
    side = models.CharField(max_length=13, choices=Side.choices)
    verdict = models.CharField(max_length=5, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Plan(models.Model):
    """Who carries a measure out, and by when. The last row holds."""

    measure = models.ForeignKey(AuditMeasure, on_delete=models.PROTECT, related_name="plans")
    responsible = models.CharField(max_length=150)
    due_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Result(models.Model):
    """What was measured of a carrier after a measure ran, held against the baseline.

    ``saved`` = ``before`` x ``activity_after`` / ``activity_before`` - ``after``: what the use
    would have taken for today's output, less what it takes. The last row of a year holds.
    """

    measure = models.ForeignKey(AuditMeasure, on_delete=models.PROTECT, related_name="results")
    year = models.PositiveSmallIntegerField()
    carrier = models.CharField(max_length=40)
    before = models.FloatField()
    after = models.FloatField()
    activity_before = models.FloatField(null=True, blank=True)
    activity_after = models.FloatField(null=True, blank=True)
    saved = models.FloatField()
    value_vnd = models.FloatField(null=True)
    co2e_t = models.FloatField(null=True)
    fuel_toe = models.FloatField(null=True)
    source = models.CharField(max_length=300)  # meter, invoices
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class AuditEvidence(models.Model):
    """A file of an audit: photograph, measurement, acceptance record. Withdrawn, never deleted."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="evidence")
    measure = models.ForeignKey(
        AuditMeasure, null=True, on_delete=models.PROTECT, related_name="evidence"
    )
    area = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="efficiency/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class Proposal(models.Model):
    """Verified results proposed for the yearly report; written only once the enterprise accepts."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="proposals")
    year = models.PositiveSmallIntegerField()
    values = models.JSONField()  # item of form B.4 -> number
    digest = models.CharField(max_length=64)  # of the verified results it rests on
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    records = models.JSONField(default=list)  # the records it became
