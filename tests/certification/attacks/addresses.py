"""Every address of certification and supervision, filled in with what stands on the stage."""

from __future__ import annotations

from itertools import product

from django.urls import URLPattern, get_resolver, reverse

ROOMS = ("sinhthai.certification.", "sinhthai.supervision.")


def addresses(things) -> dict[str, list[str]]:
    """Return name -> addresses; a new address finds its arguments by their names."""
    parameters = {name: get_resolver().reverse_dict.getlist(name)[0][0][0][1] for name in _names()}
    return {
        name: [reverse(name, kwargs=given) for given in _given(name, wanted, things)]
        for name, wanted in parameters.items()
    }


def _names() -> list[str]:
    return sorted(
        one.name
        for one in _patterns(get_resolver().url_patterns)
        if one.callback.__module__.startswith(ROOMS)
    )


def _patterns(patterns):
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one
        elif getattr(one, "namespace", None) is None:
            yield from _patterns(one.url_patterns)


def _given(name, wanted, things):
    """Return every choice of arguments of the address *name*."""
    choices = [_values(name, parameter, things) for parameter in wanted]
    return [dict(zip(wanted, chosen, strict=True)) for chosen in product(*choices)]


def _values(name, parameter, things):
    visit, opinion = things.visit, things.opinion
    room = name.partition("_")[0]
    if parameter == "public_id":
        if room == "certificate":
            return [things.certificate.public_id]
        if name in ("dossier_write", "dossier_send", "dossier_changes"):
            return [things.draft.public_id]
            # The long way has most to show; the draft is private; a case has pages of its own.
            every = "dossier_case", "dossier", "timeline", "dossier_contents"
            shown = (
                (things.issued, things.draft, things.case) if name in every else (things.issued,)
            )
            return [one.public_id for one in shown]
    if parameter == "pk":
        return {
            "opinion": [opinion.pk], "filing": [things.filing.pk], "inspection": [visit.pk],
            "corrective": [things.action.pk], "certificate": [things.alert.pk],
            "dossier": [*list(things.issued.papers.values_list("pk", flat=True))[:2], 10 ** 20],
        }.get(room, [1])  # fmt: skip
    if parameter == "code":
        return [(things.world.firm if room == "enterprise" else things.world.park).code]
    return {
        "slot": ["letter", "evaluation_report", "decision"] if name == "dossier_drawn" else ["other"],
        "fmt": ["docx"] if "letter" in name or name in ("dossier_drawn", "filing_file") else ["csv"],
        "section": ["explanation"],
        "paper": list(opinion.papers.values_list("pk", flat=True)),
        "purpose": ["revocation"],
        "file": list(visit.attachments.values_list("pk", flat=True)),
        "observation": list(visit.observations.values_list("pk", flat=True)),
        "step": ["send"],
        "period": ["2026-Q2"],
        "secret": [things.feed, "x" * 32],
    }.get(parameter, ["x"])  # fmt: skip
