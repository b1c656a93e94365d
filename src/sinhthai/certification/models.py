"""Dossiers and everything that happens to them, the certificates, and what is due.

A dossier runs one procedure of ``rules.procedures``. What happened is an ``Event`` of one hash
chain; rows of it are only ever added. Papers, judgements and snapshots are added, never changed.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinhthai.accounts.models import Organisation
from sinhthai.registry.models import Enterprise, Park

_USER = settings.AUTH_USER_MODEL


class IssuerKey(models.Model):
    """A signing key of an issuing authority, or of the register, which belongs to none.

    The private half is encrypted with a passphrase.
    """

    class Purpose(models.TextChoices):
        CERTIFICATES = "certificates", _("certificates")
        REGISTER = "register", _("the register")

    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.CERTIFICATES)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="issuer_keys"
    )
    did = models.CharField(max_length=120, unique=True)  # did:key:z6Mk…, says the public key
    private_pem = models.TextField()  # PKCS 8, encrypted
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)  # rotated out: what it signed holds
    revoked_at = models.DateTimeField(null=True, blank=True)  # lost or stolen
    revoked_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(retired_at=None, revoked_at=None),
                name="one_signing_key",
            ),
            models.UniqueConstraint(
                fields=["purpose"],
                condition=models.Q(purpose="register", retired_at=None, revoked_at=None),
                name="one_register_key",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose="register", organisation=None)
                | models.Q(purpose="certificates", organisation__isnull=False),
                name="register_key_of_nobody",
            ),
        ]


class Dossier(models.Model):
    """One case: an application, a re-certification, a revocation, or a review."""

    class Kind(models.TextChoices):
        ISSUE = "issue", _("certification")
        RECERTIFY = "recertify", _("re-certification")
        REVOKE = "revoke", _("revocation")
        REVIEW = "review", _("review")

    public_id = models.CharField(max_length=16, unique=True)  # random; its address
    procedure = models.CharField(max_length=60)  # id in rules.procedures
    procedure_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="dossiers")
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers"
    )
    # recertify, revoke, review: the certificate it is about
    about = models.ForeignKey(
        "Certificate", null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    state = models.CharField(max_length=40)
    is_open = models.BooleanField(default=True)
    options = models.JSONField(default=dict)  # readings: A5, A6, A7 and those of the framework
    on = models.DateField()  # the day the criteria are held against
    year = models.PositiveSmallIntegerField()  # of the facts
    contents = models.JSONField(default=dict)  # what the applicant wrote: field -> text
    version = models.PositiveIntegerField(default=0)  # grows with every step: guards double clicks
    submitted_digest = models.CharField(max_length=64, blank=True)  # papers + snapshot, as sent
    accepted_at = models.DateTimeField(null=True, blank=True)  # T0
    created_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # of the last step
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["park", "-id"]), models.Index(fields=["state", "is_open"])]
        constraints = [
            models.UniqueConstraint(
                fields=["park", "kind"],
                condition=models.Q(is_open=True, enterprise=None),
                name="one_open_park_case",
            ),
            models.UniqueConstraint(
                fields=["enterprise", "kind"],
                condition=models.Q(is_open=True),
                name="one_open_enterprise_case",
            ),
        ]


class Event(models.Model):
    """One thing that happened, a link of the hash chain (``actions.chain``). Only ever added."""

    seq = models.PositiveBigIntegerField(unique=True)
    dossier = models.ForeignKey(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    certificate = models.ForeignKey(
        "Certificate", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    kind = models.CharField(max_length=60)  # "step.submit", "opinion.answer", "certificate.expire"
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    actor = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=150)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the body the actor acted for
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["seq"]


class ChainHead(models.Model):
    """The end of the chain; its row is locked while a link is added."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)


class Snapshot(models.Model):
    """The findings a dossier rests on, with their pins (H6). The newest is the current one."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="snapshots")
    framework = models.CharField(max_length=60)
    on = models.DateField()
    year = models.PositiveSmallIntegerField()
    options = models.JSONField(default=dict)
    engine_version = models.CharField(max_length=20)
    rules_hash = models.CharField(max_length=64)
    input_digest = models.CharField(max_length=64)
    known_at = models.DateTimeField()
    findings = models.JSONField(default=list)
    digest = models.CharField(max_length=64)  # of the canonical findings
    is_current = models.BooleanField(default=True)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(is_current=True), name="one_current_snapshot"
            )
        ]


class Opinion(models.Model):
    """The dossier as sent to one body, and what it answered."""

    class Position(models.TextChoices):
        AGREE = "agree", _("agrees")
        REMARKS = "remarks", _("agrees with remarks")
        DISAGREE = "disagree", _("does not agree")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="opinions")
    party = models.CharField(max_length=10)  # consulted, expert
    authority = models.CharField(max_length=60)  # id in rules.procedures
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="opinions"
    )
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=10, choices=Position.choices, blank=True)
    text = models.TextField(blank=True)
    positions = models.JSONField(default=dict)  # leaf -> {"position": …, "remark": …}
    drafted_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["dossier", "authority"], name="asked_once")]


class Paper(models.Model):
    """A file of a dossier; a newer one of the same slot takes its place, the old one stays."""

    class Origin(models.TextChoices):
        ASSEMBLED = "assembled", _("assembled from the records")
        UPLOADED = "uploaded", _("uploaded")
        SIGNED = "signed", _("signed scan")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="papers")
    opinion = models.ForeignKey(
        Opinion, null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    slot = models.CharField(max_length=60)  # id of a paper of the procedure, or "opinion"
    origin = models.CharField(max_length=10, choices=Origin.choices)
    file = models.FileField(upload_to="papers/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["dossier", "slot"])]


class Supplement(models.Model):
    """Something the applicant is asked to complete: a paper, a field or a criterion."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplements")
    about = models.CharField(max_length=80)  # "paper:letter", "leaf:ENT-3", "field:operation"
    asked = models.TextField()
    asked_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]


class Judgement(models.Model):
    """What the evaluating authority holds of one criterion. A person's, not the engine's (H7)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="judgements")
    leaf = models.CharField(max_length=40)
    met = models.BooleanField()
    reason = models.TextField()
    finding_digest = models.CharField(max_length=64)  # of the finding judged: another reopens it
    is_current = models.BooleanField(default=True)
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "leaf"],
                condition=models.Q(is_current=True),
                name="one_current_judgement",
            )
        ]


class Override(models.Model):
    """A legal override of one obstacle, reasoned and shown on the certificate."""

    class Obstacle(models.TextChoices):
        UNVERIFIED = "unverified", _("the rule was not verified in the document")
        NOT_MET = "not_met", _("the criterion is not shown to be met")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="overrides")
    leaf = models.CharField(max_length=40)
    obstacle = models.CharField(max_length=10, choices=Obstacle.choices)
    finding_digest = models.CharField(max_length=64)
    clause = models.CharField(max_length=120)  # the legal basis the person names
    reason = models.TextField()
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class Certificate(models.Model):
    """A certificate as issued, and its standing now. The credential never changes."""

    class State(models.TextChoices):
        VALID = "valid", _("valid")
        # Of a certificate; an enterprise that stands still is another word in Vietnamese.
        SUSPENDED = "suspended", pgettext_lazy("certificate", "suspended")
        REVOKED = "revoked", _("revoked")
        REPLACED = "replaced", _("replaced by a newer one")
        EXPIRED = "expired", _("expired")

    public_id = models.CharField(max_length=16, unique=True)  # random; the QR address
    number = models.CharField(max_length=120, unique=True)
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="certificate")
    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="certificates")
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(IssuerKey, on_delete=models.PROTECT, related_name="certificates")
    issued_on = models.DateField()
    valid_until = models.DateField()  # the first day it no longer holds
    credential = models.JSONField()  # W3C Verifiable Credential with its proof
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the canonical credential
    status_index = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.VALID)
    state_since = models.DateTimeField()
    state_reason = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    # A criterion it rests on no longer holds: what, since when (``supervision`` writes it).
    broken = models.JSONField(default=list)
    broken_since = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "valid_until"])]

    @property
    def last_day(self) -> dt.date:
        """The last day it holds."""
        return self.valid_until - dt.timedelta(days=1)


class CertificateFile(models.Model):
    """The sealed PDF of a certificate, apart so that lists stay light."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="file")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)


class Duty(models.Model):
    """Something somebody must do, by a day or without one. Closed when done, never deleted.

    Whose it is: people of ``organisation`` where one is named; else of the party ``party`` of the
    park (or enterprise): "applicant" its office or the enterprise, "receiver" the Management
    Board of ``province``, "issuer" its People's Committee (or Board).
    """

    key = models.CharField(max_length=120, unique=True)  # says what it is: opened once only
    kind = models.CharField(max_length=60)  # "state.submitted", "opinion", "filing.A.4", …
    clock = models.CharField(max_length=40, blank=True)  # id of the clock that gave the day
    party = models.CharField(max_length=24)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    # kind of organisation that must act where none is named: operator, enterprise,
    # management_board, peoples_committee, ministry
    holder = models.CharField(max_length=20, blank=True)
    province = models.CharField(max_length=2, blank=True)  # code of today
    park = models.ForeignKey(
        Park, null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    dossier = models.ForeignKey(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    certificate = models.ForeignKey(
        Certificate, null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    title_vi = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    clause = models.CharField(max_length=80, blank=True)
    url = models.CharField(max_length=200)  # the page where it is done
    since = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    due_problem = models.CharField(max_length=300, blank=True)  # why there is no day
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["holder", "province", "due_on"],
                condition=models.Q(closed_at=None),
                name="duty_open_holder",
            ),
            models.Index(
                fields=["organisation", "due_on"],
                condition=models.Q(closed_at=None),
                name="duty_open_organisation",
            ),
            models.Index(
                fields=["park", "due_on"], condition=models.Q(closed_at=None), name="duty_open_park"
            ),
        ]
