"""Pages about oneself, one's tokens, and the people of an organisation."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinhthai.accounts import actions, readers, tokens
from sinhthai.accounts.export import table_response
from sinhthai.accounts.forms import PersonForm, TokenForm
from sinhthai.accounts.models import ApiToken, Membership, Organisation, User
from sinhthai.accounts.policy import administered_by, organisation_for
from sinhthai.foundation.problems import InputError

PAGE = 50


@login_required
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am, for whom I act, what that lets me see."""
    return render(
        request,
        "accounts/profile.html",
        {"reach": readers.read_reach(_person(request)), "managed": administered_by(request.user)},
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """My API tokens; a new one is shown once, on the answer to its form."""
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        _token, secret = tokens.create_token(
            user=_person(request),
            name=form.cleaned_data["name"],
            at=now,
            expires_at=now + dt.timedelta(days=int(form.cleaned_data["days"])),
        )
        form = TokenForm()
    return render(
        request,
        "accounts/tokens.html",
        {
            "form": form,
            "secret": secret,
            "tokens": readers.read_tokens(_person(request)),
            "now": timezone.now(),
        },
    )


@login_required
@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(ApiToken, pk=pk, user=request.user)
    tokens.revoke_token(token=token, by=_person(request), at=timezone.now())
    messages.success(request, _("The token no longer works."))
    return redirect("tokens")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, code: str) -> HttpResponse:
    """The people of an organisation I manage."""
    organisation = organisation_for(request.user, code)
    form = PersonForm(request.POST or None, initial={"role": Membership.Role.EDITOR})
    handed_over: tuple[str, str] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            person, password = actions.add_person(
                organisation=organisation,
                by=_person(request),
                at=timezone.now(),
                **form.cleaned_data,
            )
        except InputError as error:
            form.add_error("username", error.problems[0].message.get(_language()))
        else:
            handed_over = (person.username, password)
            form = PersonForm(initial={"role": Membership.Role.EDITOR})
    return _people_page(request, organisation, form, handed_over)


@login_required
@never_cache
@require_POST
def person_change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change the role of a member, close or reopen the account, or renew the password."""
    organisation = organisation_for(request.user, code)
    membership = get_object_or_404(
        Membership.objects.select_related("user", "organisation"),
        pk=pk,
        organisation=organisation,
    )
    if membership.user.is_superuser and not request.user.is_superuser:
        raise Http404("a superuser's account is not an organisation's")
    elsewhere = membership.user.memberships.exclude(
        organisation__in=administered_by(request.user)
    ).exists()
    if elsewhere and request.POST.get("do") != "role":
        # A new password would open the other organisation's doors too.
        raise Http404("the account is another organisation's too")
    now = timezone.now()
    try:
        match request.POST.get("do"):
            case "role" if request.POST.get("role") in Membership.Role.values:
                actions.change_role(
                    membership=membership, role=request.POST["role"], by=_person(request), at=now
                )
                messages.success(request, _("The role was changed."))
            case "close":
                actions.set_active(membership=membership, active=False, by=_person(request), at=now)
                messages.success(request, _("The account was closed."))
            case "reopen":
                actions.set_active(membership=membership, active=True, by=_person(request), at=now)
                messages.success(request, _("The account was reopened."))
            case "password":
                password = actions.renew_password(
                    membership=membership, by=_person(request), at=now
                )
                handed_over = (membership.user.username, password)
                return _people_page(request, organisation, PersonForm(), handed_over)
            case _:
                raise Http404("no such change")
    except InputError as error:
        for problem in error.problems:
            messages.error(request, problem.say(_language()))
    return redirect("people", code=organisation.code)


@login_required
@require_GET
def people_export(request: HttpRequest, code: str, fmt: str) -> HttpResponse:
    organisation = organisation_for(request.user, code)
    headings = [_("Full name"), _("Sign-in name"), _("E-mail"), _("What they may do"), _("Account")]
    lines = [
        [
            m.user.get_full_name(),
            m.user.username,
            m.user.email,
            str(m.get_role_display()),
            pgettext("account", "open") if m.user.is_active else pgettext("account", "closed"),
        ]
        for m in readers.read_people(organisation)
    ]
    return table_response(headings, lines, fmt=fmt, name=f"{organisation.code}-people")


def _people_page(
    request: HttpRequest,
    organisation: Organisation,
    form: PersonForm,
    handed_over: tuple[str, str] | None,
) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    role, sort = request.GET.get("role", ""), request.GET.get("sort", "name")
    rows = readers.read_people(organisation, text=text, role=role, sort=sort)
    return render(
        request,
        "accounts/people.html",
        {
            "organisation": organisation,
            "form": form,
            "handed_over": handed_over,
            "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
            "q": text,
            "role": role,
            "sort": sort,
            "roles": Membership.Role.choices,
            "invented": organisation.invented,
        },
    )


def _person(request: HttpRequest) -> User:
    """Return who is signed in; the pages here ask for that before anything else."""
    assert isinstance(request.user, User)
    return request.user


def _language() -> str:
    return get_language() or "vi"
