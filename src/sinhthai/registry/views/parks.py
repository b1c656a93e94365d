"""The list of parks and the page of a park. Public; the inside is linked for those within."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinhthai.registry import actions, policy, readers
from sinhthai.registry.engine.fact_names import CONFIDENCE_NAMES, fact_name
from sinhthai.registry.engine.land import LandUse
from sinhthai.registry.engine.statuses import STATUS_NAMES
from sinhthai.registry.engine.territory import MERGER, provinces_on, title_on
from sinhthai.registry.engine.writing import FORMS, MEDIA_TYPES
from sinhthai.registry.list_readers import export_parks
from sinhthai.registry.models import ParkFact, Plot
from sinhthai.registry.views.listing import Sorting, attachment, columns, day_of, page_of


@require_GET
def park_list(request: HttpRequest) -> HttpResponse:
    on = day_of(request)
    sorting = Sorting.of(request, readers.PARK_SORTS)
    words = request.GET.get("q", "").strip()[:100]
    province = request.GET.get("province", "")
    known = provinces_on(on)
    rows = readers.find_parks(
        words=words,
        province=province if province in known else "",
        on=on,
        sort=sorting.column,
        descending=sorting.descending,
    )
    page = page_of(request, rows)
    for park in page:
        unit = readers.park_province_on(park, on)
        park.province_shown = title_on(unit, on) if unit else None
    return render(
        request,
        "registry/parks.html",
        {
            "nav": "parks",
            "page": page,
            "q": words,
            "on": on,
            "today": timezone.localdate(),
            "old_border": MERGER - dt.timedelta(days=1),
            "province": province,
            "provinces": sorted(known.values(), key=lambda unit: unit.code),
            "columns": columns(
                [
                    ("name", _("Industrial park"), ""),
                    ("province", _("Province"), ""),
                    ("area", _("Area (ha)"), "num"),
                    ("enterprises", _("Enterprises in the register"), "num"),
                ],
                sorting,
            ),
            "filtered": bool(words or province),
            "invented": any(park.invented for park in page),
            "may_import": policy.may_import_parks(request.user),
        },
    )


@require_GET
def park_export(request: HttpRequest, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404("no such form")
    on = day_of(request)
    sorting = Sorting.of(request, readers.PARK_SORTS)
    rows = readers.find_parks(
        words=request.GET.get("q", "")[:100],
        province=request.GET.get("province", ""),
        on=on,
        sort=sorting.column,
        descending=sorting.descending,
    )
    data = export_parks(rows, form, on=timezone.localdate(), language=get_language() or "vi")
    return attachment(data, f"{_('Industrial parks')}.{form}", MEDIA_TYPES[form])


@require_GET
def park(request: HttpRequest, code: str) -> HttpResponse:
    found = readers.find_park(code)
    if found is None:
        raise Http404("no such park")
    today = timezone.localdate()
    page = readers.read_park(found, today)
    inside = policy.may_read(request.user, found)
    return render(
        request,
        "registry/park.html",
        {
            "nav": "parks",
            "park": found,
            "page": page,
            "fields": _fact_groups(page.facts),
            "area": page.current.get("area_ha"),
            "land": _land_rows(page.land),
            "statuses": [
                (STATUS_NAMES[code].get(get_language() or "vi"), page.by_status[code])
                for code in STATUS_NAMES
                if code in page.by_status
            ],
            "inside": inside,
            "works_here": policy.works_in(request.user, found),
            "may_write": inside and policy.may_write(request.user, found),
            "invented": found.invented,
        },
    )


@require_POST
def fact_current(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found = policy.park_for(request.user, code, write=True)
    fact = get_object_or_404(ParkFact.objects.select_related("park"), pk=pk, park=found)
    actions.set_current_fact(fact, by=request.user, at=timezone.now())
    messages.success(request, _("This value is now the current one."))
    return redirect("park", code=code)


def _fact_groups(facts: tuple[ParkFact, ...]) -> list[dict[str, object]]:
    """Return the facts by field: the current one first, the others below it."""
    groups: dict[str, list[ParkFact]] = {}
    for fact in facts:
        fact.confidence_name = CONFIDENCE_NAMES[fact.confidence]  # type: ignore[attr-defined]
        groups.setdefault(fact.field, []).append(fact)
    order = {"area_ha": 0, "developer": 1, "year_established": 2}
    return [
        {"name": fact_name(field), "facts": groups[field]}
        for field in sorted(groups, key=lambda field: (order.get(field, 9), field))
    ]


def _land_rows(land: LandUse | None) -> dict[str, object] | None:
    if land is None:
        return None
    return {
        "rows": [(Plot.Use(use).label, area, land.share(use)) for use, area in land.by_use.items()],
        "total": land.total_ha,
        "shared": land.shared_ha,
        "shared_share": land.shared_ha / land.total_ha if land.total_ha else None,
        "occupancy": land.occupancy,
        "leased": land.leased_ha,
        "leasable": land.leasable_ha,
    }
