"""People, organisations, what each may do where, API tokens, and the audit trail.

Scopes name territory and objects by *code*, not by foreign key: this slice stands below the
registry and may not know its tables.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who signs in."""

    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        max_length=2, default="vi", choices=[("vi", "Tiếng Việt"), ("en", "English")]
    )
    # Set while the password is the one-time one an administrator handed over.
    must_change_password = models.BooleanField(default=False)


class Organisation(models.Model):
    """A body people act for."""

    class Kind(models.TextChoices):
        OPERATOR = "operator", _("Park office (infrastructure investor)")
        ENTERPRISE = "enterprise", _("Enterprise")
        MANAGEMENT_BOARD = "management_board", _("Management Board")
        PEOPLES_COMMITTEE = "peoples_committee", _("Provincial People's Committee")
        MINISTRY = "ministry", _("Ministry")
        ADVISER = "adviser", _("Adviser")
        DEPARTMENT = "department", _("Department")
        RECP_BODY = "recp_body", _("RECP-qualified body")
        BANK = "bank", _("Bank or fund")

    code = models.SlugField(max_length=64, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    # The function it has in procedures (an authority of ``rules.procedures``), and where.
    authority = models.CharField(max_length=60, blank=True)
    province = models.CharField(max_length=2, blank=True)  # code of today; none: the country
    invented = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name_vi


class Scope(models.Model):
    """What an organisation sees: the country, a province, a park, or one enterprise."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        PROVINCE = "province", _("Province")
        PARK = "park", _("Industrial park")
        ENTERPRISE = "enterprise", _("Enterprise")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="scopes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(
        max_length=64, blank=True
    )  # province code of today, park code, tax code

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "code"], name="scope_once")
        ]


class Membership(models.Model):
    """A person in an organisation, and how far they may act for it."""

    class Role(models.TextChoices):
        VIEWER = "viewer", _("may read")
        EDITOR = "editor", _("may read and report")
        APPROVER = "approver", _("may read and approve")
        ADMIN = "admin", _("may manage the organisation's people")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="member_once")]


class ApiToken(models.Model):
    """A key for programs. Only the SHA-256 of the secret is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=8, unique=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class AuditEntry(models.Model):
    """One change, in words people can read. Rows are only ever added."""

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    actor_name = models.CharField(max_length=150)
    action = models.CharField(max_length=60)  # e.g. "reporting.apply_import"
    park_code = models.CharField(max_length=64, blank=True, db_index=True)
    object_kind = models.CharField(max_length=40, blank=True)
    object_code = models.CharField(max_length=80, blank=True)
    summary_vi = models.TextField()
    summary_en = models.TextField()
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["park_code", "-id"])]
