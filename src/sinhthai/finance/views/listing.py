"""Lists: an enterprise's projects, the pipeline, and the table of funds and schemes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinhthai.finance import exports, policy
from sinhthai.finance.engine.funds import INSTRUMENTS, Fund, funds_on, load_funds
from sinhthai.finance.engine.stages import DROPPED, STAGE_NAMES, STAGES
from sinhthai.finance.engine.taxonomy import load_taxonomy
from sinhthai.finance.models import Project
from sinhthai.finance.readers import pipeline as reader
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.foundation.text import fold
from sinhthai.registry.views.listing import Sorting, columns, page_of
from sinhthai.reporting.views.answers import file_response, language_of, person

_EVERY = (*STAGES, DROPPED)


@require_GET
def enterprise_projects(request: HttpRequest, code: str) -> HttpResponse:
    """The projects of one enterprise."""
    enterprise = policy.enterprise_with_projects(request.user, code)
    asked = asked_of(request)
    own = Project.objects.filter(enterprise=enterprise)
    page = page_of(request, reader.find_projects(own, asked))
    if not policy.roles_in(request.user, enterprise):
        shown = [row.pk for row in page]
        policy.log_looks(person(request), shown, "facilitator", "projects", timezone.now())
    return render(
        request,
        "finance/enterprise_projects.html",
        _list_context(request, asked)
        | {
            "nav": "finance",
            "enterprise": enterprise,
            "park": enterprise.park,
            "invented": enterprise.invented,
            "page": page,
            "rows": [reader.say(row) for row in page],
            "may_write": policy.may_write(request.user, enterprise),
            "any": asked.narrows or bool(page.paginator.count),
            "funds": reader.funds_used(own.values_list("fund", flat=True)),
        },
    )


@require_GET
def enterprise_export(request: HttpRequest, code: str, fmt: str) -> HttpResponse:
    """The same list as a file."""
    enterprise = policy.enterprise_with_projects(request.user, code)
    rows = reader.find_projects(Project.objects.filter(enterprise=enterprise), asked_of(request))
    return _file(request, list(rows), fmt, f"{_('Projects')} {enterprise.code}")


@login_required
@require_GET
def pipeline(request: HttpRequest) -> HttpResponse:
    """What a person reads of the pipeline: projects one by one, and the sums of their territory."""
    user = person(request)
    asked = asked_of(request)
    seen = policy.projects_visible(user)
    page = page_of(request, reader.find_projects(seen, asked))
    _log(request, list(page), "pipeline")
    sums = []
    if policy.reads_sums(user):
        whole = Project.objects.filter(enterprise__park__in=policy.parks_summed(user))
        sums = reader.sums_by_stage(whole, of_others=not _works_in_all(request))
    own_sums = reader.sums_by_stage(seen, of_others=False) if page.paginator.count else []
    return render(
        request,
        "finance/pipeline.html",
        _list_context(request, asked)
        | {
            "nav": "finance",
            "page": page,
            "rows": [reader.say(row) for row in page],
            "sums": sums,
            "own_sums": own_sums if not sums else [],
            "fewest": reader.FEWEST,
            "is_bank": policy.is_bank(user),
            "withheld": any(row.withheld for row in sums),
            "invented": any(row.enterprise.invented for row in page),
            "funds": reader.funds_used(seen.values_list("fund", flat=True).distinct()),
        },
    )


@login_required
@require_GET
def pipeline_export(request: HttpRequest, fmt: str) -> HttpResponse:
    """The projects one may read, as a file."""
    rows = list(reader.find_projects(policy.projects_visible(person(request)), asked_of(request)))
    return _file(request, rows, fmt, _("Projects"))


@require_GET
def funds(request: HttpRequest) -> HttpResponse:
    """Funds and schemes with their conditions, dates and how well they are known."""
    found, asked = _funds(request)
    today = timezone.localdate()
    return render(
        request,
        "finance/funds.html",
        {
            "nav": "finance",
            "page": page_of(request, found),  # type: ignore[arg-type]
            "asked": asked,
            "filtered": bool(asked["q"] or asked["instrument"] or asked["group"]),
            "count": len(found),
            "today": today,
            "due": {fund.id for fund in found if fund.review_due(today)},
            "not_yet": {fund.id for fund in found if not fund.in_force(today)},
            "instruments": list(INSTRUMENTS.items()),
            "groups": list(load_taxonomy().groups.values()),
            "kinds": load_taxonomy().kinds,
            "statuses": exports.STATUSES,
            "columns": columns(
                [("name", _("Fund or scheme"), ""), ("instrument", _("Instrument"), ""),
                 ("rate", _("Rate a year"), "num"), ("review", _("Review before"), "")],
                Sorting.of(request, _FUND_SORTS),
            ),
        },
    )  # fmt: skip


@require_GET
def funds_export(request: HttpRequest, fmt: str) -> HttpResponse:
    """The same table as a file."""
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    found, _asked = _funds(request)
    content = exports.funds_file(found, fmt=fmt, language=language_of(request))
    return file_response(content, f"{_('Funds and schemes')}.{fmt}", MEDIA_TYPES[fmt])


def asked_of(request: HttpRequest) -> reader.Asked:
    """Read the filters of the address; what is not one of them is left out."""
    get = request.GET
    raw = get.get("sort", "-since")
    sort = raw.removeprefix("-")
    known = sort in reader.SORTS
    return reader.Asked(
        words=get.get("q", "").replace("\0", "").strip()[:100],
        stage=get.get("stage", "") if get.get("stage") in _EVERY else "",
        group=get.get("group", "") if get.get("group") in load_taxonomy().groups else "",
        fund=get.get("fund", "") if get.get("fund") in {one.id for one in load_funds()} else "",
        sort=sort if known else "since",
        descending=raw.startswith("-") if known else True,
    )


def _list_context(request: HttpRequest, asked: reader.Asked) -> dict[str, object]:
    return {
        "asked": asked,
        "stages": [(stage, STAGE_NAMES[stage]) for stage in _EVERY],
        "groups": list(load_taxonomy().groups.values()),
        "columns": columns(
            [
                ("title", _("Project"), ""),
                ("stage", _("Stage"), ""),
                ("since", _("Since"), ""),
                ("investment", _("Investment"), "num"),
                ("saving", _("Saving a year"), "num"),
                ("npv", _("NPV after tax"), "num"),
                ("co2e", _("CO2e (t/yr)"), "num"),
            ],
            Sorting(asked.sort, asked.descending),
        ),
    }


def _works_in_all(request: HttpRequest) -> bool:
    """Say whether all a person reads sums of are parks they facilitate, project by project."""
    scopes = policy.scopes_of(request.user)
    return (
        not scopes.country
        and not scopes.provinces
        and all(roles & policy.WRITERS for roles in scopes.parks.values())
    )


def _log(request: HttpRequest, rows: list[Project], page: str) -> None:
    """Log the looks at projects of others, in the capacity each is read in."""
    by_standing: dict[policy.Standing, list[int]] = {}
    for row in rows:
        by_standing.setdefault(policy.standing_of_seen(request.user, row), []).append(row.pk)
    for standing, numbers in by_standing.items():
        policy.log_looks(person(request), numbers, standing, page, timezone.now())


def _file(request: HttpRequest, rows: list[Project], fmt: str, name: str) -> HttpResponse:
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    _log(request, rows, "export")
    said = [reader.say(row) for row in rows]
    content = exports.projects_file(said, fmt=fmt, language=language_of(request))
    return file_response(content, f"{name}.{fmt}", MEDIA_TYPES[fmt])


_FUND_SORTS = {"name": "name", "instrument": "instrument", "rate": "rate", "review": "review"}


def _funds(request: HttpRequest) -> tuple[list[Fund], dict[str, str]]:
    """Return the funds that fit, in the order asked for."""
    get, language = request.GET, language_of(request)
    asked = {
        "q": get.get("q", "").replace("\0", "").strip()[:100],
        "instrument": get.get("instrument", "") if get.get("instrument") in INSTRUMENTS else "",
        "group": get.get("group", "") if get.get("group") in load_taxonomy().groups else "",
    }
    kinds = {one.id for one in load_taxonomy().kinds.values() if asked["group"] in one.groups}
    words = fold(asked["q"]).split()

    def fits(fund: Fund) -> bool:
        said = fold(f"{fund.name.vi} {fund.name.en} {fund.provider.vi} {fund.provider.en}")
        open_to = not fund.kinds or bool(fund.kinds & kinds)
        return (
            all(word in said for word in words)
            and (not asked["instrument"] or fund.instrument == asked["instrument"])
            and (not asked["group"] or open_to)
        )

    found = [fund for fund in funds_on(load_funds(), timezone.localdate()) if fits(fund)]
    if get.get("sort"):
        sorting = Sorting.of(request, _FUND_SORTS)
        keys = {
            "name": lambda fund: (0, fold(fund.name.get(language))),
            "instrument": lambda fund: (0, fold(INSTRUMENTS[fund.instrument].get(language))),
            "rate": lambda fund: (0, fund.rate or 0.0),
            "review": lambda fund: (0, fund.next_review),
        }
        found.sort(key=keys[sorting.column], reverse=sorting.descending)
        if sorting.column == "rate":  # what states no rate comes last either way
            found.sort(key=lambda fund: fund.rate is None)
    return found, asked
