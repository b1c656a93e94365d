"""Yearly filings, alerts, inspections, corrective actions, milestones, notices.

Revocations and reviews are dossiers of ``certification``: the same machine runs them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sinhthai.certification.models import Certificate, Dossier, Duty
from sinhthai.registry.models import Enterprise, Park

_USER = settings.AUTH_USER_MODEL


class Filing(models.Model):
    """A yearly form (A.4, A.5, B.4, B.5) of a park or an enterprise."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PENDING = "pending", _("pending")
        SENT = "sent", _("sent")
        REVISION = "revision", _("revision requested")
        RECEIVED = "received", _("received")

    form = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()  # the report year N
    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="filings")
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="filings"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    # field -> what was typed for this filing only: value, absence or reason; by whom, when
    words = models.JSONField(default=dict)
    values = models.JSONField(default=dict)  # as prepared: field -> what it says
    digest = models.CharField(max_length=64, blank=True)  # of what was prepared, then sent
    asked = models.JSONField(default=dict)  # field -> what a revision was requested for
    prepared_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    published_at = models.CharField(max_length=300, blank=True)  # web address, where one is asked

    class Meta:
        ordering = ["-year", "form", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "year", "park"],
                condition=models.Q(enterprise=None),
                name="park_files_once",
            ),
            models.UniqueConstraint(
                fields=["form", "year", "enterprise"], name="enterprise_files_once"
            ),
        ]


class Sending(models.Model):
    """A filing as it left once, and what the Board answered. A revision is another sending."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="sendings")
    number = models.PositiveSmallIntegerField()
    values = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    forms_hash = models.CharField(max_length=64)  # of the forms it was filled in with
    prepared_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, blank=True)  # received, revision; "" waits
    asked = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "number"], name="sending_numbered_once")
        ]


class BoardReport(models.Model):
    """A periodic report of a Management Board, as it was recorded to have been sent."""

    province = models.CharField(max_length=2)  # code of today
    period = models.CharField(max_length=7)  # 2026-Q3, or 2026
    sent_on = models.DateField()
    digest = models.CharField(max_length=64)  # of the figures at that time
    figures = models.JSONField(default=dict)
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["province", "period"])]


class Alert(models.Model):
    """A criterion a valid certificate rests on is no longer found met."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="alerts")
    leaf = models.CharField(max_length=40)
    before = models.JSONField(default=dict)  # the finding at issue
    now = models.JSONField(default=dict)
    cause = models.JSONField(default=dict)  # which facts changed, by whom, when
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    closed_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "leaf"],
                condition=models.Q(closed_at=None),
                name="one_open_alert",
            )
        ]


class Inspection(models.Model):
    """A visit of the authority to a park or an enterprise, planned, held, reported."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="inspections")
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="inspections"
    )
    certificate = models.ForeignKey(
        Certificate, null=True, blank=True, on_delete=models.PROTECT, related_name="inspections"
    )
    alert = models.ForeignKey(
        Alert, null=True, blank=True, on_delete=models.PROTECT, related_name="inspections"
    )
    follow_up_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    purpose = models.TextField()
    team = models.CharField(max_length=300, blank=True)
    planned_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    conclusion = models.TextField(blank=True)
    created_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    closed_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-planned_on", "-id"]


class Observation(models.Model):
    """A finding of an inspection, against a criterion or a clause of law."""

    class Severity(models.TextChoices):
        NOTE = "note", _("remark")
        MINOR = "minor", _("minor breach")
        MAJOR = "major", _("serious breach")

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, related_name="observations"
    )
    leaf = models.CharField(max_length=40, blank=True)
    clause = models.CharField(max_length=120, blank=True)
    severity = models.CharField(max_length=6, choices=Severity.choices)
    text = models.TextField()
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class CorrectiveAction(models.Model):
    """What must be put right after an observation, by a day; answered, then verified."""

    class State(models.TextChoices):
        OPEN = "open", _("to be done")
        ANSWERED = "answered", _("answered")
        VERIFIED = "verified", _("verified")
        REJECTED = "rejected", _("not accepted")

    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    named_on = models.DateField()  # the day the Board named
    due_on = models.DateField()  # the same, or the next working day when it is a day off
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["state", "due_on"])]


class Remedy(models.Model):
    """What the holder says was done about a corrective action, and the Board's verdict on it.

    One that is not accepted stays; the next one is another row.
    """

    action = models.ForeignKey(CorrectiveAction, on_delete=models.PROTECT, related_name="remedies")
    text = models.TextField()
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    accepted = models.BooleanField(null=True)  # None: not yet verified
    verdict = models.TextField(blank=True)
    verified_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["action"],
                condition=models.Q(accepted=None),
                name="one_remedy_to_verify",
            )
        ]


class Attachment(models.Model):
    """A file of an inspection (its minutes, photographs), or of a remedy."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="attachments")
    remedy = models.ForeignKey(
        Remedy, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    file = models.FileField(upload_to="inspections/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]


class Ground(models.Model):
    """A ground of Article 44 for a revocation case, with what it rests on."""

    class Letter(models.TextChoices):
        BREACH = "a", _("breach of law")
        CRITERIA = "b", _("criteria no longer met")
        REQUEST = "c", _("the holder's own request")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="grounds")
    letter = models.CharField(max_length=1, choices=Letter.choices)
    facts = models.TextField()
    alert = models.ForeignKey(Alert, null=True, blank=True, on_delete=models.PROTECT)
    inspection = models.ForeignKey(Inspection, null=True, blank=True, on_delete=models.PROTECT)
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Milestone(models.Model):
    """A step of the roadmap a new eco-industrial park committed to (Article 38.2.a)."""

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=300)
    leaf = models.CharField(max_length=40, blank=True)  # the criterion it leads to
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "id"]


class Notice(models.Model):
    """One person is told of one duty, once a stage; one mail a day carries all of theirs."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="notices")
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="notices")
    stage = models.CharField(max_length=12)  # opened, soon, due, late
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "user", "stage"], name="noticed_once")
        ]


class Feed(models.Model):
    """The secret address of a person's calendar feed; renewed by making another."""

    user = models.OneToOneField(_USER, on_delete=models.CASCADE, related_name="feed")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret
    created_at = models.DateTimeField()
