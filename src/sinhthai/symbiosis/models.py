"""Streams of enterprises, who looked at them, consent, and the facilitator's pipeline.

A stream's content is appended, never overwritten (H5): an edit is a new ``StreamVersion``.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sinhthai.registry.models import Enterprise, Park


class Stream(models.Model):
    """Something an enterprise gives or asks for; what it is stands in its versions."""

    class Direction(models.TextChoices):
        OFFER = "offer", _("offer")
        NEED = "need", _("need")

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="streams")
    direction = models.CharField(max_length=5, choices=Direction.choices)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class StreamVersion(models.Model):
    """What is known of a stream from ``recorded_at`` on; the columns of ``STREAM_SCHEMA``."""

    class Origin(models.TextChoices):
        ENTERED = "entered", _("entered by hand")
        IMPORTED = "imported", _("from a list")
        REPORTED = "reported", _("from the report")
        PROFILE = "profile", _("estimated: typical of the industry")

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="versions")
    is_current = models.BooleanField(default=True)
    name = models.CharField(max_length=300)
    code = models.CharField(max_length=64, blank=True)  # "ewc:100102", "vn:120605", "material:…"
    material = models.CharField(max_length=64, blank=True)  # the concept it was taken for
    unit = models.CharField(max_length=8)  # t, m**3, MWh
    quantity = models.FloatField(null=True, blank=True)
    quantity_min = models.FloatField(null=True, blank=True)
    quantity_max = models.FloatField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(default=0b1111_1111_1111)
    state = models.CharField(max_length=8, blank=True)
    hazard = models.CharField(max_length=4, blank=True)  # NH, KS, TT, TT-R
    sorted = models.BooleanField(null=True, blank=True)
    price = models.FloatField(null=True, blank=True)  # VND per unit; negative: the giver pays
    quality = models.JSONField(default=dict)  # parameter -> [low or null, high or null]
    note = models.TextField(blank=True)
    search = models.CharField(max_length=700, blank=True)  # folded: name, code, material's names
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.ENTERED)
    year = models.PositiveSmallIntegerField(null=True, blank=True)  # the year the quantity is of
    recorded_at = models.DateTimeField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stream"], condition=models.Q(is_current=True), name="one_current_version"
            )
        ]
        indexes = [
            models.Index(
                fields=["material"], condition=models.Q(is_current=True), name="stream_material"
            )
        ]


class StreamImport(models.Model):
    """An uploaded list of streams: kept as it came, shown as a preview, applied once or never."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="stream_imports"
    )
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


class Look(models.Model):
    """Somebody read another enterprise's stream; its owner sees this. Rows are only added."""

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="looks")
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    viewer_name = models.CharField(max_length=150)
    as_what = models.CharField(max_length=12)  # facilitator, partner
    page = models.CharField(max_length=40)  # where it was shown: workbench, partner, export …
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["stream", "-at"])]


class Exchange(models.Model):
    """An exchange between enterprises on its way from idea to verified."""

    class Stage(models.TextChoices):
        IDEA = "idea", _("idea")
        CONTACT = "contact", _("contact")
        FEASIBILITY = "feasibility", _("feasibility")
        AGREEMENT = "agreement", _("agreement")
        IMPLEMENTED = "implemented", _("implemented")
        VERIFIED = "verified", _("verified")
        DROPPED = "dropped", _("dropped")
        ENDED = "ended", _("ended")

    class Kind(models.TextChoices):
        """The five types of the forms (Circular 05/2025)."""

        A = "a", _("exchange of inputs and outputs inside the park")
        B = "b", _("shared use of production infrastructure")
        C = "c", _("services of the infrastructure investor or a third party")
        D = "d", _("link with enterprises of other parks")
        E = "e", _("other form")

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="exchanges")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=1, choices=Kind.choices, default=Kind.A)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.IDEA)
    stage_since = models.DateField()
    offer = models.ForeignKey(
        Stream, null=True, blank=True, on_delete=models.PROTECT, related_name="given_in"
    )
    need = models.ForeignKey(
        Stream, null=True, blank=True, on_delete=models.PROTECT, related_name="taken_in"
    )
    # The match it grew from, as it was then: scores, rule, legal path, both versions (H6).
    basis = models.JSONField(default=dict)
    quantity = models.FloatField(null=True, blank=True)  # planned, base units a year
    unit = models.CharField(max_length=8, blank=True)
    value_vnd = models.FloatField(null=True, blank=True)  # planned benefit a year, all partners
    investment_vnd = models.FloatField(null=True, blank=True)
    co2_t = models.FloatField(null=True, blank=True)  # planned cut a year
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["park", "stage"])]


class Participant(models.Model):
    """An enterprise in an exchange, or a party outside the register named in words."""

    class Role(models.TextChoices):
        GIVER = "giver", _("gives")
        TAKER = "taker", _("takes")
        TREATER = "treater", _("treats or carries")
        SHARER = "sharer", _("shares")

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="participants")
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="exchanges"
    )
    other = models.CharField(max_length=200, blank=True)  # a farm, the town, a treatment company
    role = models.CharField(max_length=8, choices=Role.choices)
    joined_on = models.DateField(null=True, blank=True)  # since when it really takes part
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exchange", "enterprise", "role"], name="participant_once"
            ),
            models.CheckConstraint(
                condition=models.Q(enterprise__isnull=False) | ~models.Q(other=""),
                name="participant_named",
            ),
        ]


class Consent(models.Model):
    """What an enterprise said to being named to its partner. Appended; the last row holds."""

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        WITHDRAWN = "withdrawn", _("withdrawn")

    # The pair the consent is about; an exchange need not exist yet.
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="consents")
    partner_stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=9, choices=Answer.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["stream", "partner_stream", "-id"])]


class StageChange(models.Model):
    """A step of the pipeline, with its reason. Rows are only added."""

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    on = models.DateField()  # when it really happened
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Readiness(models.Model):
    """How ready an exchange is on one axis, 1 (unknown ground) to 5 (settled). Appended."""

    class Axis(models.TextChoices):
        TECHNICAL = "technical", _("technical")
        BUSINESS = "business", _("business")
        ORGANISATION = "organisation", _("organisation")
        LEGAL = "legal", _("legal")
        SOCIAL = "social", _("social")
        ENVIRONMENT = "environment", _("environment")

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="readiness")
    axis = models.CharField(max_length=12, choices=Axis.choices)
    level = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Document(models.Model):
    """A file of an exchange: study, contract, permit. Withdrawn, never deleted."""

    class Kind(models.TextChoices):
        STUDY = "study", _("study")
        AGREEMENT = "agreement", _("agreement or contract")
        PERMIT = "permit", _("permit or paper the law asks for")
        MEASUREMENT = "measurement", _("measurement, weighbridge slips, invoices")
        OTHER = "other", _("other document")

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    # Which of the papers of the legal path in the exchange's basis it is, counted from 0.
    paper = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="symbiosis/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class Task(models.Model):
    """Something to do for an exchange, by somebody, by a day."""

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    assignee = models.CharField(max_length=150, blank=True)
    due_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)


class Note(models.Model):
    """What the facilitator wrote down. Rows are only added."""

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ExchangeResult(models.Model):
    """What an exchange brought one enterprise in a year; the last row of a pair holds. Appended.

    ``values``: result metric of forms A.4/B.4 (without the ``symbiosis_`` prefix) -> number.
    """

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="results")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="results")
    year = models.PositiveSmallIntegerField()
    values = models.JSONField(default=dict)
    source = models.CharField(max_length=300)  # meter, weighbridge, invoices
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class MatchRun(models.Model):
    """A search for partners over a park's streams, pinned (H6); the last one is shown."""

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="match_runs")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    within_km = models.FloatField()
    engine_version = models.CharField(max_length=40)
    knowledge_hash = models.CharField(max_length=64)
    input_digest = models.CharField(max_length=64)
    matches = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["park", "-id"])]


class Match(models.Model):
    """One ranked pair of a run, with every component of its score in ``reasons``."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="pairs")
    offer = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField()
    distance_m = models.PositiveIntegerField()
    value_vnd = models.FloatField(null=True)
    co2_t = models.FloatField(null=True)
    rule = models.CharField(max_length=40, blank=True)
    legal = models.CharField(max_length=40, blank=True)
    legal_status = models.CharField(max_length=12, blank=True)  # goods, permitted, forbidden …
    forbidden = models.BooleanField(default=False)
    family = models.CharField(max_length=40, blank=True)  # of the offered material
    quantity = models.FloatField(null=True)  # offer units a year that would move
    unit = models.CharField(max_length=8, blank=True)
    other_park = models.BooleanField(default=False)  # one of the two is outside the run's park
    estimated = models.BooleanField(default=False)  # a stream of the pair is typical, not reported
    # What may be searched: never a word of the partner outside the park. Folded.
    search = models.CharField(max_length=500, blank=True)
    reasons = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["run", "-value_vnd"]),
            models.Index(fields=["run", "-score"]),
        ]
