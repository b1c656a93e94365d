"""The pipeline of green finance: projects, their appraisals, papers, results and who may read them.

What was said is appended, never overwritten (H5): of appraisals and results the last row holds.
``Project`` keeps what the lists and sums ask for; every action that changes a row behind it
refreshes it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sinhthai.accounts.models import Organisation
from sinhthai.registry.models import Enterprise


class Project(models.Model):
    """Something an enterprise wants to pay for, on its way from idea to verified."""

    class Origin(models.TextChoices):
        MEASURE = "measure", _("from a measure of an audit")
        EXCHANGE = "exchange", _("from an exchange")
        OWN = "own", _("entered by hand")

    class Stage(models.TextChoices):
        IDEA = "idea", _("idea")
        SCREENED = "screened", _("screened")
        PRE_FEASIBILITY = "pre_feasibility", _("pre-feasibility")
        BANKABLE = "bankable", _("bankable")
        APPLIED = "applied", _("applied for")
        APPROVED = "approved", _("approved")
        DISBURSED = "disbursed", _("disbursed")
        VERIFIED = "verified", _("verified")
        DROPPED = "dropped", _("dropped")

    class Size(models.TextChoices):
        MICRO = "micro", _("micro")
        SMALL = "small", _("small")
        MEDIUM = "medium", _("medium-sized")
        LARGE = "large", _("large")

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="projects")
    title = models.CharField(max_length=200)
    search = models.CharField(max_length=500)  # folded: title, enterprise
    description = models.TextField(blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    # What it grew from, by its number; the exchange stands in a slice above this one.
    origin_key = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=40, blank=True)  # of the relevance map
    size = models.CharField(max_length=6, choices=Size.choices, blank=True)  # of the enterprise
    stage = models.CharField(
        max_length=15, choices=Stage.choices, default=Stage.IDEA, db_index=True
    )
    stage_since = models.DateField()
    investment_vnd = models.FloatField(null=True, blank=True)
    energy_share = models.FloatField(null=True, blank=True)  # saved, of what was used before
    fund = models.CharField(max_length=60, blank=True)  # id in the table of funds
    asked_vnd = models.FloatField(null=True, blank=True)
    approved_vnd = models.FloatField(null=True, blank=True)
    disbursed_vnd = models.FloatField(null=True, blank=True)
    # Of the appraisal that holds: estimated.
    saving_vnd = models.FloatField(null=True, blank=True)
    npv_vnd = models.FloatField(null=True, blank=True)
    co2e_t = models.FloatField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "origin", "origin_key"],
                condition=~models.Q(origin_key=""),
                name="project_of_one_origin",
            )
        ]
        indexes = [models.Index(fields=["enterprise", "stage"])]


class ProjectEvent(models.Model):
    """Something that happened to a project. Rows are only added."""

    class What(models.TextChoices):
        OPENED = "opened", _("opened")
        CHANGED = "changed", _("what is stated changed")
        APPRAISED = "appraised", _("appraised")
        STEP = "step", _("step")
        SHARED = "shared", _("shared with a bank")
        UNSHARED = "unshared", _("share withdrawn")
        DOCUMENT = "document", _("document added")
        DOCUMENT_OUT = "document_out", _("document withdrawn")
        RESULT = "result", _("result recorded")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=12, choices=What.choices)
    before = models.CharField(max_length=15, blank=True)  # of a step
    after = models.CharField(max_length=15, blank=True)
    on = models.DateField()  # when it really happened
    text = models.TextField(blank=True)  # the reason, or what it is about
    amount_vnd = models.FloatField(null=True, blank=True)
    detail = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class SavedAppraisal(models.Model):
    """An appraisal as it was made, with everything it rested on (H6); the last row holds."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="appraisals")
    assumptions = models.JSONField()  # what the form held
    proposal = models.JSONField()
    scenario = models.JSONField()
    result = models.JSONField()
    # Version of the engine, hash of the factor tables, decision of the tariff, draws and seed.
    pins = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class VerifiedResult(models.Model):
    """What a project really cost and brings a year; the last row holds. Apart from estimates."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="results")
    year = models.PositiveSmallIntegerField()
    investment_vnd = models.FloatField()
    saving_vnd = models.FloatField()
    co2e_t = models.FloatField(null=True, blank=True)
    source = models.CharField(max_length=300)  # meters, invoices, settlement
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ProjectDocument(models.Model):
    """A file of a project; ``item`` is the evidence it is. Withdrawn, never deleted."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="documents")
    item = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="finance/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class Share(models.Model):
    """A bank or fund that may read a project, until the share is withdrawn."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="shared_projects"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"],
                condition=models.Q(withdrawn_at=None),
                name="shared_once_with_each",
            )
        ]


class ProjectLook(models.Model):
    """Somebody from outside the enterprise read a project; its owner sees this. Only added."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="looks")
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    viewer_name = models.CharField(max_length=150)
    as_what = models.CharField(max_length=12)  # bank, facilitator
    page = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["project", "-at"])]
