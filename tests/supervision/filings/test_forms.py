"""The forms as data: every field has one origin, no item of the dictionary is left out."""

import shutil

import pytest

from sinhthai.foundation.problems import InputError
from sinhthai.rules.bundle import DATA, BundleError, load_bundle
from sinhthai.rules.forms import load_forms
from sinhthai.rules.forms_files import compile_forms, compile_forms_text

FORMS = load_forms().forms


def test_the_shipped_forms_are_those_of_the_yaml():
    assert compile_forms().hash == load_forms().hash


def test_no_form_claims_to_be_verified():
    assert sorted(FORMS) == ["A.4", "A.5", "B.4", "B.5"]
    assert {(form.confidence, form.verified) for form in FORMS.values()} == {("SPEC", False)}
    assert all("not the legal text" in form.source for form in FORMS.values())


def test_a4_takes_results_of_the_year_before_and_plans_and_land_of_its_own():
    fields = FORMS["A.4"].by_id()
    assert {
        one.years_back for one in fields.values() if one.item.startswith("recp_electricity")
    } == {1}
    assert fields["symbiosis_count"].years_back == 1
    assert fields["symbiosis_planned"].years_back == fields["plan_area_ha"].years_back == 0


def test_the_totals_leave_out_what_the_specification_leaves_out():
    fields = FORMS["A.4"].by_id()
    recp, symbiosis = fields["recp_cost_saved_mvnd"], fields["symbiosis_cost_saved_mvnd"]
    assert len(recp.parts) == 7
    assert "recp_fuel_cost_saved_mvnd" not in recp.parts
    assert "symbiosis_materials_received_saved_mvnd" in symbiosis.parts
    assert not {
        "symbiosis_materials_supplied_revenue_mvnd", "symbiosis_shared_services_saved_mvnd",
    } & set(symbiosis.parts)  # fmt: skip


def test_the_indicators_are_23_in_all():
    asked = {one.indicator for form in ("A.5", "B.5") for one in FORMS[form].fields}
    assert len(asked) == 23
    levels = {one.indicator: one.pass_level for one in FORMS["B.5"].fields if one.pass_level}
    assert levels == {"ENV.2": 20, "SOC.1": 75, "SOC.2": 75, "SOC.4": 75, "SOC.6": 75}


def test_a_field_takes_unit_and_kind_from_its_item():
    items = load_bundle().items
    for form in FORMS.values():
        for one in form.fields:
            if one.item:
                assert (one.unit, one.kind) == (items[one.item].unit, items[one.item].kind)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("item: investor_name", "item: investor_nam", "forms-item-unknown"),
        ("item: recp_solutions,", "item: recp_solutions_before,", "forms-item-unmapped"),
        ("parts: [greenery_ha, plan_area_ha]", "parts: [greenery_ha]", "forms-parts"),
        ("parts: [greenery_ha, plan", "parts: [greenery, plan", "forms-part-unknown"),
        ("unit: MVND, parts: [recp_", "unit: t, parts: [recp_", "forms-part-unknown"),
        ("registry: park.province", "registry: park.mayor", "forms-registry-unknown"),
        ("registry: park.province", "registry: park.name, item: project_name",
         "forms-two-origins"),
        ("{id: roads_ha,", "{id: greenery_ha,", "forms-field-twice"),
        ("personal: true,", "personal: perhaps,", "rules-shape-bool-type"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_named(tmp_path, old, new, code):
    text = (DATA / "forms.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "forms.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        compile_forms_text(tmp_path)
    assert code in [problem.code for problem in refused.value.problems]
    assert all(problem.place.file == "forms.yaml" for problem in refused.value.problems)


def test_a_compiled_file_changed_by_hand_is_refused(tmp_path):
    copy = tmp_path / "forms.json"
    shutil.copy(DATA / "forms.json", copy)
    copy.write_text(copy.read_text(encoding="utf-8").replace('"pass_level": 20', '"pass_level": 2'))
    with pytest.raises(BundleError, match="changed by hand"):
        load_forms(copy)
