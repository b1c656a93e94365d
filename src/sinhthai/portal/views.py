"""The public pages: the country, and the rules as they stood on any day."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinhthai.accounts.policy import scopes_of
from sinhthai.foundation.tables import XLSX
from sinhthai.foundation.text import Text
from sinhthai.portal import readers, rule_readers
from sinhthai.portal.exports import parks_workbook
from sinhthai.portal.national_counts import latest, national_counts
from sinhthai.registry.views.listing import attachment, day_of
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Bundle, Framework

PAGE = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the country: figures, map, and the list of parks the map is a picture of."""
    bundle = load_bundle()
    families = _park_families(bundle)
    asked = readers.Asked.parse(request.GET, families)
    scopes = scopes_of(request.user)
    today = timezone.localdate()
    day = readers.day_of(asked.borders, today)
    points = readers.map_parks(asked.family, request.user)
    pages = Paginator(readers.parks_listed(asked, request.user, today), PAGE)
    page = pages.get_page(asked.page)
    signed = bool(scopes.country or scopes.provinces or scopes.parks)
    return render(
        request,
        "portal/home.html",
        {
            "nav": "country",
            "asked": asked,
            "page": page,
            "parks": readers.with_province_shown(page, day),
            "pages": pages,
            "provinces": readers.provinces_of(day),
            "families": families,
            "family_name": families[asked.family],
            "with_findings": signed,
            "invented": any(park.invented for park in points),
            "invented_count": sum(park.invented for park in points),
            "park_count": len(points),
            "province_count": len({park.province for park in points}),
            "verdicts": _verdicts(),
            "found_count": sum(park.found for park in points),
            "counts": national_counts(),
            "established": latest("established"),
            "operating": latest("operating"),
            "map_data": _map_data(points, asked, signed),
            "sorts": _sorts(signed),
        },
    )


@require_safe
def home_export(request: HttpRequest) -> HttpResponse:
    """Export the whole list as filtered and sorted on the page."""
    families = _park_families(load_bundle())
    asked = readers.Asked.parse(request.GET, families)
    scopes = scopes_of(request.user)
    signed = bool(scopes.country or scopes.provinces or scopes.parks)
    today = timezone.localdate()
    title = _("Industrial parks of Viet Nam")
    listed = readers.parks_listed(asked, request.user, today)
    content = parks_workbook(
        readers.with_province_shown(listed, readers.day_of(asked.borders, today)),
        title=f"{title} · {families[asked.family].get(_language())} · {today:%Y-%m-%d}"
        if signed
        else f"{title} · {today:%Y-%m-%d}",
        language=_language(),
        with_findings=signed,
    )
    return attachment(content, f"sinhthai-parks-{today:%Y%m%d}.xlsx", XLSX)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show every family of rules and its version in force on a day."""
    bundle = load_bundle()
    on = day_of(request)
    return render(
        request,
        "portal/rules.html",
        {
            "nav": "rules",
            "on": on,
            "rows": rule_readers.families_on(bundle, on),
            "options": bundle.options.values(),
            "bundle": bundle,
        },
    )


@require_safe
def framework(request: HttpRequest, family: str) -> HttpResponse:
    """Show the criteria of one family in force on a day, by group."""
    bundle = load_bundle()
    versions = rule_readers.versions(bundle, family)
    if not versions:
        raise Http404("no such rules")
    on = day_of(request)
    found = bundle.framework_on(family, on)
    return render(
        request,
        "portal/framework.html",
        {
            "nav": "rules",
            "on": on,
            "family": family,
            "name": bundle.families.get(family) or versions[-1].title,
            "framework": found,
            "versions": versions,
            "groups": rule_readers.by_group(found, on) if found else [],
            "options": [bundle.options[id_] for id_ in found.options] if found else [],
        },
    )


@require_safe
def rule(request: HttpRequest, family: str, leaf: str) -> HttpResponse:
    """Show one criterion: its words, formula, thresholds over time, and where it is used."""
    bundle = load_bundle()
    versions = rule_readers.versions(bundle, family)
    if not versions:
        raise Http404("no such rules")
    on = day_of(request)
    found = rule_readers.find_leaf(bundle, family, leaf, on)
    if found is None:
        raise Http404("no such criterion")
    in_framework, criterion = found
    uses = Paginator(rule_readers.uses(request.user, family), PAGE)
    used = uses.get_page(request.GET.get("page"))
    return render(
        request,
        "portal/rule.html",
        {
            "nav": "rules",
            "on": on,
            "family": family,
            "family_name": bundle.families.get(family) or in_framework.title,
            "framework": in_framework,
            "group": rule_readers.group_name(in_framework, criterion.group),
            "leaf": criterion,
            "in_force": rule_readers.is_in_force(in_framework, on),
            "formulas": rule_readers.formulas(criterion, bundle),
            "items": rule_readers.items_asked(criterion, bundle),
            "history": rule_readers.history(versions, criterion),
            "uses": used,
            "use_rows": rule_readers.use_rows(used, criterion.id),
            "may_see_uses": request.user.is_authenticated,
        },
    )


def _language() -> str:
    return get_language() or "vi"


def _park_families(bundle: Bundle) -> dict[str, Text]:
    """Return the families a park is assessed with, by code."""
    parks: dict[str, Framework] = {
        framework.family: framework
        for framework in bundle.frameworks
        if framework.subject == "park"
    }
    return {
        family: bundle.families.get(family) or framework.title
        for family, framework in parks.items()
    }


def _verdicts() -> list[tuple[str, str]]:
    return [
        ("all_met", _("All met")),
        ("not_met", _("Not met")),
        ("undetermined", _("Undetermined")),
        ("incomplete_rules", _("Rules incomplete")),
        ("none", _("no findings")),
    ]


def _sorts(with_findings: bool) -> list[tuple[str, str, str]]:
    """Return the columns that can be sorted: key, heading, class."""
    columns = [
        ("name", _("Industrial park"), ""),
        ("province", _("Province"), ""),
        ("area", _("Area (ha)"), "num"),
    ]
    if with_findings:
        columns += [
            ("met", _("Met"), "num"),
            ("not_met", _("Not met"), "num"),
            ("undetermined", _("Undetermined"), "num"),
            ("verdict", _("Verdict"), ""),
        ]
    return columns


def _map_data(
    points: list[readers.MapPark], asked: readers.Asked, with_findings: bool
) -> dict[str, object]:
    """Return what the map draws, in the reader's language; the page carries it as JSON."""
    language = _language()
    counts = readers.count_by_province(points)
    return {
        "parks": [
            [
                park.lon,
                park.lat,
                park.name_en if language == "en" else park.name_vi,
                park.code,
                int(park.invented),
                park.verdict,
            ]
            for park in points
            if park.lat is not None and park.lon is not None
        ],
        "provinces": counts,
        "chosen": asked.province if asked.borders == "now" else "",
        "withFindings": with_findings,
        "parkUrl": reverse("park", args=["CODE"]),
        "homeUrl": reverse("home"),
        "words": {
            "parks": _("parks"),
            "share": _("share of parks with saved findings"),
            "hoangSa": _("Hoàng Sa (Đà Nẵng)"),
            "truongSa": _("Trường Sa (Khánh Hòa)"),
            "invented": _("invented"),
            "failed": _("The map could not be drawn; the list below says the same."),
            "verdicts": dict(_verdicts()),
        },
    }
