"""Accounts are given by an organisation's administrator; nobody signs up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Refuse self sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class KnownPeopleAdapter(DefaultSocialAccountAdapter):
    """Let the office's OpenID Connect server open accounts that exist, and make none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
