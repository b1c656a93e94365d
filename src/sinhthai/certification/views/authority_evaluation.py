"""The evaluation: one criterion after the other, each saved by itself, nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sinhthai.certification.actions.evaluation import ask_supplement, judge
from sinhthai.certification.forms_authority import LONGEST, asked_for
from sinhthai.certification.models import Dossier
from sinhthai.certification.policy import opinions_visible, reaches
from sinhthai.certification.readers.evaluation import Evaluation, Row, read_evaluation
from sinhthai.certification.views.authority import page_context
from sinhthai.certification.views.steps import authority_dossier, authority_parties
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import language_of, person, said, tell


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what is typed in it, and what is wrong with that."""

    row: Row
    met: str  # "1", "0" or "": not chosen
    reason: str
    asked: str
    problems: tuple[str, ...] = ()


@require_http_methods(["GET", "POST"])
def evaluate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show every criterion; save the one whose button was pressed, keep what else was typed."""
    dossier = authority_dossier(request, public_id)
    may_judge = dossier.state == "evaluating" and reaches(
        authority_parties(request.user, dossier).get("receiver", ""), "editor"
    )
    evaluation = _read(request, dossier)
    problems: dict[str, tuple[str, ...]] = {}
    saved = ""
    if request.method == "POST":
        if not may_judge or evaluation is None:
            raise Http404("nothing to judge here")
        if request.POST.get("act") == "ask":
            items = asked_for(request.POST, [f"leaf:{row.leaf.id}" for row in evaluation.rows])
            if ask_the_applicant(request, dossier, items):
                return redirect("dossier", public_id)
        else:
            saved = request.POST.get("save", "")
            if evaluation.row(saved) is None:
                raise Http404("no such criterion")
            problems = _save(request, dossier, saved)
            evaluation = _read(request, dossier)
    if evaluation is None:
        context = page_context(request, dossier, "evaluate")
        return render(request, "certification/authority/no_evaluation.html", context)
    rows = {
        row.leaf.id: _typed(request, row, problems.get(row.leaf.id, ()), just_saved=saved)
        for row in evaluation.rows
    }
    status = 422 if problems else 200
    one_only = request.headers.get("HX-Request") == "true" and saved
    context = {"dossier": dossier, "evaluation": evaluation, "may_judge": may_judge}
    if one_only:
        context |= {"one": rows[saved], "saved": not problems}
        # 200 also when refused: the row itself says what is wrong, and must be shown.
        return render(request, "certification/authority/_judging_answer.html", context)
    context |= page_context(request, dossier, "evaluate") | {
        "groups": [
            (name, [rows[row.leaf.id] for row in members]) for name, members in evaluation.groups
        ],
        "wrong": [(leaf, said_) for leaf, said_ in problems.items()],
        "saved_leaf": saved if saved and not problems else "",
    }
    return render(request, "certification/authority/evaluate.html", context, status=status)


def ask_the_applicant(request: HttpRequest, dossier: Dossier, items: list[tuple[str, str]]) -> bool:
    """Ask for what was typed; say whether it was asked."""
    if not items:
        messages.error(request, _("Nothing is asked yet: write what is missing beside its piece."))
        return False
    try:
        ask_supplement(user=person(request), dossier=dossier, items=items, at=timezone.now())
    except InputError as error:
        dossier.refresh_from_db()
        tell(request, error)
        return False
    asked = ngettext(
        "%(n)s supplement was asked of the applicant.",
        "%(n)s supplements were asked of the applicant.",
        len(items),
    )
    messages.success(request, asked % {"n": len(items)})
    return True


def _read(request: HttpRequest, dossier: Dossier) -> Evaluation | None:
    parties = authority_parties(request.user, dossier)
    opinions = opinions_visible(request.user, dossier, parties=parties)
    return read_evaluation(dossier, opinions=opinions)


def _save(request: HttpRequest, dossier: Dossier, leaf: str) -> dict[str, tuple[str, ...]]:
    """Write the judgement of *leaf*; return what is wrong with it, by leaf."""
    met, reason = request.POST.get(f"met-{leaf}", ""), request.POST.get(f"reason-{leaf}", "")
    wrong = []
    if met not in ("0", "1"):
        wrong.append(_("Choose: met or not met."))
    if not reason.strip():
        wrong.append(_("Write the reason: it stands in the report."))
    if wrong:
        return {leaf: tuple(wrong)}
    try:
        judge(
            user=person(request),
            dossier=dossier,
            leaf=leaf,
            met=met == "1",
            reason=reason.strip()[:LONGEST],
            at=timezone.now(),
        )
    except InputError as error:
        return {leaf: tuple(said(problem, language_of(request)) for problem in error.problems)}
    return {}


def _typed(request: HttpRequest, row: Row, problems: tuple[str, ...], *, just_saved: str) -> Judged:
    """Return *row* with what is typed now, else with what was judged last."""
    leaf, post = row.leaf.id, request.POST
    if f"reason-{leaf}" in post and (problems or leaf != just_saved):
        met, reason = post.get(f"met-{leaf}", ""), post[f"reason-{leaf}"]
    elif row.judgement is not None:
        met, reason = ("1" if row.judgement.met else "0"), row.judgement.reason
    else:
        met, reason = "", ""
    return Judged(row, met, reason, post.get(f"ask-leaf:{leaf}", ""), problems)
