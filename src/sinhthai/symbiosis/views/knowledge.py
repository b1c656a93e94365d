"""What the system knows of materials and codes. Open to everybody: it is knowledge, not data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinhthai.foundation.tables import Cell
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.registry.views.listing import PAGE_SIZE, Sorting, columns
from sinhthai.reporting.views.answers import file_response, language_of
from sinhthai.symbiosis import exports
from sinhthai.symbiosis.engine.families import CONFIDENCES, MEDIA, USES, family_name
from sinhthai.symbiosis.engine.knowledge import Substitution, load_knowledge
from sinhthai.symbiosis.office_codes import load_codes
from sinhthai.symbiosis.readers import knowledge as readers
from sinhthai.symbiosis.readers import wording

_SORTS = {
    "name": "name",
    "family": "family",
    "medium": "medium",
    "uses": "uses",
    "sources": "sources",
}
_HEADINGS = (
    Text("Mã vật chất", "Material id"), Text("Tên tiếng Việt", "Vietnamese name"),
    Text("Tên tiếng Anh", "English name"), Text("Nhóm", "Family"), Text("Dạng", "Medium"),
    Text("Đơn vị", "Unit"), Text("Mã châu Âu", "European codes"),
    Text("Mã Việt Nam", "Vietnamese codes"), Text("Phân loại", "Class of waste"),
    Text("Dùng được cho", "Can become"), Text("Thay được bằng", "Can be replaced by"),
    Text("Nguồn", "Source"), Text("Đã kiểm chứng", "Verified"),
)  # fmt: skip
_YES, _NO = Text("có", "yes"), Text("chưa", "not yet")


@require_GET
def material_list(request: HttpRequest) -> HttpResponse:
    """Show the materials that fit what was asked."""
    language = language_of(request)
    sorting = Sorting.of(request, _SORTS)
    asked = _asked(request)
    found = readers.find_materials(**asked, sort=request.GET.get("sort", "name"), language=language)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    uses = readers.count_uses()
    return render(
        request,
        "symbiosis/knowledge/materials.html",
        {
            "nav": "symbiosis",
            "tab": "materials",
            "page": page,
            "rows": [
                (one, family_name(one.family), MEDIA[one.medium], *uses[one.id]) for one in page
            ],
            "columns": columns(
                [
                    ("name", _("Material"), ""),
                    ("family", _("Family"), ""),
                    ("medium", _("Medium"), ""),
                    ("uses", _("Can become"), "num"),
                    ("sources", _("Can be replaced by"), "num"),
                ],
                sorting,
            ),
            "families": sorted(
                ((code, family_name(code).get(language)) for code in readers.families()),
                key=lambda one: one[1],
            ),
            "media": [(code, MEDIA[code].get(language)) for code in readers.media()],
            "filtered": any(asked.values()),
            "rules": len(load_knowledge().substitutions),
            **asked,
        },
    )


@require_GET
def material_export(request: HttpRequest, fmt: str) -> HttpResponse:
    """Give the same list as a file."""
    if fmt not in exports.FORMS:
        raise Http404("no such form")
    language = language_of(request)
    uses = readers.count_uses()
    lines: Iterator[list[Cell]] = (
        [
            one.id, one.name.vi, one.name.en, family_name(one.family).get(language),
            MEDIA[one.medium].get(language), unit_label(one.unit, language), "; ".join(one.ewc),
            "; ".join(one.vn), one.hazard, *uses[one.id], one.source,
            (_YES if one.verified else _NO).get(language),
        ]
        for one in readers.find_materials(**_asked(request), language=language)
    )  # fmt: skip
    content = exports.table_file(fmt, _HEADINGS, lines, name=_("Materials"), language=language)
    return file_response(content, f"{_('Materials')}.{fmt}", exports.MEDIA_TYPES[fmt])


@require_GET
def material(request: HttpRequest, material: str) -> HttpResponse:
    """Show one material: its codes, what it can become, what can take its place."""
    found = load_knowledge().materials.get(material)
    if found is None:
        raise Http404("no such material")
    codes = load_codes()
    language = language_of(request)
    return render(
        request,
        "symbiosis/knowledge/material.html",
        {
            "nav": "symbiosis",
            "tab": "materials",
            "material": found,
            "family": family_name(found.family),
            "medium": MEDIA[found.medium],
            "unit": unit_label(found.unit, language),
            "codes": [
                (f"{listed}:{digits}", codes.find(f"{listed}:{digits}"))
                for listed, all_digits in (("vn", found.vn), ("ewc", found.ewc))
                for digits in all_digits
            ],
            "becomes": [_rule(rule, rule.need, language) for rule in readers.becomes(found.id)],
            "replaced": [
                _rule(rule, rule.offer, language) for rule in readers.replaced_by(found.id)
            ],
        },
    )


@require_GET
def code_list(request: HttpRequest) -> HttpResponse:
    """Search the waste codes, Vietnamese and European."""
    words = request.GET.get("q", "").strip()[:100]
    listed = request.GET.get("list", "")
    hazard = request.GET.get("hazard", "")
    found = readers.find_codes(words, listed=listed, hazard=hazard)
    page: Page[Any] = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "symbiosis/knowledge/codes.html",
        {
            "nav": "symbiosis",
            "tab": "codes",
            "page": page,
            "rows": [(one, load_codes().crosswalk(one.code)) for one in page],
            "q": words,
            "list": listed,
            "hazard": hazard,
            "classes": ("NH", "KS", "TT"),
            "sources": sorted({one.source for one in page}),
            "filtered": bool(words or listed or hazard),
        },
    )


@require_GET
def code_export(request: HttpRequest, fmt: str) -> HttpResponse:
    """Give the same codes as a file."""
    if fmt not in exports.FORMS:
        raise Http404("no such form")
    language = language_of(request)
    found = readers.find_codes(
        request.GET.get("q", "")[:100],
        listed=request.GET.get("list", ""),
        hazard=request.GET.get("hazard", ""),
    )
    headings = (
        Text("Danh mục", "List"), Text("Mã", "Code"), Text("Tên tiếng Việt", "Vietnamese name"),
        Text("Tên tiếng Anh", "English name"), Text("Phân loại", "Class of waste"),
        Text("Ngưỡng", "Threshold"), Text("Mã tương ứng", "Codes of the other list"),
        Text("Nguồn", "Source"),
    )  # fmt: skip
    lines = (
        [
            one.list, one.spaced, one.name.vi, one.name.en, one.hazard, one.threshold,
            "; ".join(other.spaced for other in load_codes().crosswalk(one.code)), one.source,
        ]
        for one in found
    )  # fmt: skip
    content = exports.table_file(fmt, headings, lines, name=_("Waste codes"), language=language)
    return file_response(content, f"{_('Waste codes')}.{fmt}", exports.MEDIA_TYPES[fmt])


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Suggest materials for what is typed into the form of a stream (a part of a page)."""
    name = request.GET.get("name", "")[:300]
    found = readers.suggest(name, request.GET.get("code", "")[:64])
    return render(
        request,
        "symbiosis/enterprise/_suggestions.html",
        {"suggestions": [wording.say_coding(one) for one in found]},
    )


def _asked(request: HttpRequest) -> dict[str, str]:
    family, medium = request.GET.get("family", ""), request.GET.get("medium", "")
    return {
        "words": request.GET.get("q", "").strip()[:100],
        "family": family if family in readers.families() else "",
        "medium": medium if medium in readers.media() else "",
    }


def _rule(rule: Substitution, other: str, language: str) -> dict[str, Any]:
    parameters = load_knowledge().parameters
    offer_unit = unit_label(load_knowledge().materials[rule.offer].unit, language)
    need_unit = unit_label(load_knowledge().materials[rule.need].unit, language)
    return {
        "rule": rule,
        "other": load_knowledge().materials[other],
        "use": USES[rule.use],
        "confidence": CONFIDENCES[rule.confidence],
        "offer_unit": offer_unit,
        "need_unit": need_unit,
        "limits": [
            (
                parameters[limit.parameter].name,
                wording.say_range(limit.low, limit.high, language),
                unit_label(parameters[limit.parameter].unit, language),
            )
            for limit in rule.limits
        ],
    }
