"""Steps on a page: what may be taken, what forbids the rest, and taking one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from sinhthai.accounts.policy import scopes_of
from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.engine.machine import refusals
from sinhthai.certification.forms_authority import StepForm
from sinhthai.certification.guards import Lookup, situation_of
from sinhthai.certification.models import Dossier
from sinhthai.certification.policy import (
    dossier_for,
    kind_of_party,
    level_of,
    seats_of,
    was_sent,
)
from sinhthai.certification.wording import procedure_of
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.registry.policy import Person
from sinhthai.reporting.views.answers import language_of, person, tell, tell_form
from sinhthai.rules.procedures import Party, Step

# What one says yes to before a step that others rely on.
QUESTIONS: dict[str, Text] = {
    "accept": Text(
        "Tôi đã kiểm tra từng thành phần; các thời hạn luật định bắt đầu từ hôm nay.",
        "I checked every paper; the statutory periods start today.",
    ),
    "report": Text(
        "Tôi ký báo cáo đánh giá: các tiêu chí đạt.",
        "I sign the evaluation report: the criteria are met.",
    ),
    "issue.propose": Text(
        "Tôi trình Ủy ban nhân dân cấp giấy chứng nhận.",
        "I propose the certificate to the People's Committee.",
    ),
    "revoke.propose": Text(
        "Tôi đề nghị cơ quan cấp chứng nhận thu hồi giấy chứng nhận này.",
        "I propose to the issuing authority to revoke this certificate.",
    ),
    "issue": Text(
        "Tôi quyết định cấp giấy chứng nhận cho hồ sơ này.",
        "I decide to issue the certificate for this dossier.",
    ),
    "fail": Text(
        "Tôi ký báo cáo đánh giá: chưa đạt.",
        "I sign the evaluation report: not passed.",
    ),
    "notify": Text(
        "Tôi gửi thông báo này cho bên nộp hồ sơ.",
        "I send this notice to the applicant.",
    ),
    "revoke": Text(
        "Tôi quyết định thu hồi giấy chứng nhận này.",
        "I decide to revoke this certificate.",
    ),
    "notify_holder": Text(
        "Tôi thông báo bằng văn bản cho bên được cấp và các cơ quan liên quan.",
        "I notify the holder and the agencies concerned in writing.",
    ),
}
# Where a state is worked on; what is not here is worked on by the applicant, or is over.
PLACES = {
    "submitted": "dossier_check",
    "accepted": "dossier_consult",
    "consulting": "dossier_consult",
    "evaluating": "dossier_evaluate",
    "reported": "dossier_report",
    "proposed": "dossier_decide",
    "failed": "dossier_fail",
}
DANGER = frozenset(
    {"fail", "notify", "revoke", "drop", "withdraw_proposal", "return_to_board", "reopen"}
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A step on the page: its form when it may be taken, else what forbids it."""

    step: Step
    form: StepForm
    problems: tuple[Problem, ...]

    @property
    def danger(self) -> bool:
        return self.step.id in DANGER


def authority_dossier(request: HttpRequest, public_id: str) -> Dossier:
    """Return the dossier to those who decide on it or oversee it; 404 to everybody else."""
    dossier = dossier_for(request.user, public_id)
    overseer = scopes_of(request.user).country and was_sent(dossier)
    if not (overseer or authority_parties(request.user, dossier)):
        raise Http404("not an authority of this dossier")
    return dossier


def authority_parties(user: Person, dossier: Dossier) -> dict[Party, str]:
    """Return as which authorities *user* takes part, each with their level; no query.

    What `policy.party_of` says of the receiver and the issuer, without asking for the others.
    """
    found: dict[Party, str] = {}
    if not was_sent(dossier):
        return found
    province = dossier.park.province_now.code
    parties: tuple[Party, ...] = ("receiver", "issuer")
    for party in parties:
        kind = kind_of_party(party, of_enterprise=dossier.enterprise_id is not None)
        level = level_of(
            seat.role
            for seat in seats_of(user)
            if seat.organisation.kind == kind and province in seat.provinces
        )
        if level:
            found[party] = level
    return found


def place_of(dossier: Dossier) -> str:
    """Return the name of the page where *dossier* is worked on by an authority, or ""."""
    if dossier.kind in (Dossier.Kind.REVOKE, Dossier.Kind.REVIEW):
        return "dossier_case"
    if dossier.state == "reported" and "proposed" not in {
        s.id for s in procedure_of(dossier).states
    }:
        return "dossier_decide"
    return PLACES.get(dossier.state, "")


def offers(
    request: HttpRequest,
    dossier: Dossier,
    wanted: Collection[str],
    *,
    known: Lookup | None = None,
    tried: StepForm | None = None,
) -> list[Offer]:
    """Return the *wanted* steps that leave the state of *dossier*, each with what forbids it.

    *known* holds what the page read already.
    """
    procedure, language = procedure_of(dossier), language_of(request)
    steps = [s for s in procedure.steps if s.id in wanted and dossier.state in s.from_states]
    if not steps:
        return []
    here = situation_of(
        person(request),
        dossier,
        timezone.now(),
        wanted={step.id for step in steps},
        parties=authority_parties(request.user, dossier),
        known=known,
    )
    found = []
    for step in steps:
        form = tried if tried is not None and tried["step"].value() == step.id else None
        found.append(
            Offer(
                step,
                form or step_form(None, step, dossier, language),
                tuple(refusals(procedure, step.id, here)),
            )
        )
    return sorted(found, key=lambda offer: offer.danger)  # the way back after the way on


def step_form(data: object, step: Step, dossier: Dossier, language: str) -> StepForm:
    """Return the form of *step*."""
    case = "revoke" if dossier.kind == Dossier.Kind.REVOKE else "issue"
    question = QUESTIONS.get(step.id) or QUESTIONS.get(f"{case}.{step.id}")
    return StepForm(
        data, step=step, dossier=dossier, question=question.get(language) if question else ""
    )


def take(request: HttpRequest, dossier: Dossier, allowed: Sequence[str]) -> HttpResponse | StepForm:
    """Take the step that was posted; return where to go, or the form with what is wrong.

    A second click finds the step taken and is told so: nothing happens twice.
    """
    procedure, language = procedure_of(dossier), language_of(request)
    asked = request.POST.get("step", "")
    step = next((one for one in procedure.steps if one.id == asked and one.id in allowed), None)
    if step is None:
        raise Http404("no such step on this page")
    form = step_form(request.POST, step, dossier, language)
    if not form.is_valid():
        return form
    user, version = person(request), form.cleaned_data["version"]
    if done_by(user, dossier, step.id, version):
        messages.info(request, _("This was done already; nothing was done twice."))
        return onward(request, dossier)
    try:
        changed = take_step(
            user=user,
            dossier=dossier,
            step=step.id,
            at=timezone.now(),
            reason=form.cleaned_data.get("reason", ""),
            version=version,
        )
    except InputError as error:
        dossier.refresh_from_db()
        if done_by(user, dossier, step.id, version):
            messages.info(request, _("This was done already; nothing was done twice."))
            return onward(request, dossier)
        if dossier.state in step.from_states:
            tell_form(form, None, error, language)
        else:  # the page of the new state no longer shows this form
            tell(request, error)
        return form
    messages.success(request, f"{step.done.get(language)}.")
    return onward(request, changed)


def done_by(user: object, dossier: Dossier, step: str, version: int) -> bool:
    """Say whether *user* took *step* from the very version of the dossier the form showed."""
    if dossier.version <= version:
        return False
    taken = dossier.events.filter(kind__startswith="step.").order_by("-seq").first()
    return bool(taken and taken.kind == f"step.{step}" and taken.actor == user)


def onward(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Go where *dossier* is worked on next if that is this person's work, else to its page."""
    waits_for = procedure_of(dossier).state(dossier.state).waits_for
    place = place_of(dossier)
    if place and waits_for in authority_parties(request.user, dossier):
        return redirect(place, dossier.public_id)
    return redirect("dossier", dossier.public_id)
