"""The knowledge base beside the waste lists and the law: none says what another denies."""

from __future__ import annotations

import datetime as dt

from sinhthai.rules.waste_law import load_waste_law
from sinhthai.symbiosis.engine.codes import WasteCode, load_codes
from sinhthai.symbiosis.engine.knowledge import Knowledge, Material, load_knowledge
from sinhthai.symbiosis.engine.legal import LegalPath, legal_path

DAY = dt.date(2026, 11, 22)


def codes_of(material: Material) -> list[WasteCode]:
    codes = load_codes()
    written = (*(f"ewc:{one}" for one in material.ewc), *(f"vn:{one}" for one in material.vn))
    found = [codes.find(one) for one in written]
    return [one for one in found if one is not None and one.level == 3]


def paths(knowledge: Knowledge) -> dict[str, LegalPath]:
    """Return what the law says of every rule where all that can be arranged is arranged."""
    law = load_waste_law()
    return {
        rule.id: legal_path(
            law,
            DAY,
            medium=offer.medium,
            hazard=offer.hazard or None,  # type: ignore[arg-type]  # checked on load
            group=offer.group or None,  # type: ignore[arg-type]
            is_sorted=True,
            use=rule.use,
            same_park=True,
            receiver_licensed=True,
        )
        for rule in knowledge.substitutions.values()
        for offer in [knowledge.materials[rule.offer]]
    }


def test_waste_has_a_class_or_a_group() -> None:
    for material in load_knowledge().materials.values():
        if material.medium in ("solid", "sludge", "liquid") and codes_of(material):
            assert material.hazard or material.group, material.id
        if material.medium in ("solid", "sludge") and material.hazard in ("TT", "TT-R"):
            assert material.group, material.id


def test_ordinary_waste_has_no_code_that_may_be_hazardous() -> None:
    for material in load_knowledge().materials.values():
        if material.hazard in ("TT", "TT-R"):
            classes = {one.digits: one.hazard for one in codes_of(material)}
            assert set(classes.values()) <= {"TT"}, (material.id, classes)


def test_always_hazardous_waste_has_no_code_that_is_ordinary() -> None:
    for material in load_knowledge().materials.values():
        if material.hazard == "NH":
            codes = codes_of(material)
            assert all(one.listed_hazardous or one.threshold for one in codes), material.id
            # Absolute in Europe, or ** in Viet Nam: a waste that only may be hazardous is KS.
            assert any(one.entry == "absolute" or one.threshold == "**" for one in codes)


def test_what_is_always_hazardous_by_every_code_is_so_as_a_material() -> None:
    for material in load_knowledge().materials.values():
        classes = {one.hazard for one in codes_of(material)}
        if classes == {"NH"}:
            assert material.hazard == "NH", material.id


def test_no_rule_proposes_what_the_law_forbids() -> None:
    for rule, path in paths(load_knowledge()).items():
        assert path.status != "forbidden", (rule, path.clause)


def test_the_law_is_open_only_where_a_test_is_asked_for() -> None:
    knowledge = load_knowledge()
    for rule, path in paths(knowledge).items():
        if path.status == "undetermined":
            offer = knowledge.materials[knowledge.substitutions[rule].offer]
            assert offer.hazard == "KS", (rule, path.unknown)
            assert "hazard" in path.unknown, rule


def test_hazardous_waste_goes_to_the_licensed_alone() -> None:
    knowledge = load_knowledge()
    law = load_waste_law()
    for rule in knowledge.substitutions.values():
        offer = knowledge.materials[rule.offer]
        if offer.hazard == "NH":
            path = legal_path(
                law, DAY, medium=offer.medium, hazard="NH", group=None, is_sorted=True,
                use=rule.use, same_park=True, receiver_licensed=False,
            )  # fmt: skip
            assert path.status == "forbidden", rule.id
