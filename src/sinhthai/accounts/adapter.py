"""Accounts are given by an organisation's administrator; nobody signs up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Refuse self sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
