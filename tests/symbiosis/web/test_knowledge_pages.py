"""What the system knows is open to everybody, in both languages, with source and confidence."""

import pytest

from sinhthai.registry.engine.divisions import DIVISIONS
from sinhthai.symbiosis.engine.families import FAMILIES, MEDIA, USES
from sinhthai.symbiosis.engine.knowledge import load_knowledge

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["tro bay than", "TRO BAY", "fly ash", "100102"])
def test_a_material_is_found_in_either_language_without_diacritics_or_by_code(sign_in, words):
    page = sign_in(None).get("/symbiosis/materials/", {"q": words})
    assert "coal-fly-ash" in {one.id for one, *_ in page.context["rows"]}


def test_the_list_is_filtered_sorted_paged_and_exported(sign_in):
    client = sign_in(None)
    page = client.get("/symbiosis/materials/")
    assert len(page.context["rows"]) == 50
    ash = client.get("/symbiosis/materials/", {"family": "ash"}).context["rows"]
    assert {one.family for one, *_ in ash} == {"ash"}
    most = client.get("/symbiosis/materials/", {"sort": "-uses"}).context["rows"]
    uses = [row[3] for row in most]
    assert uses == sorted(uses, reverse=True) and uses[0] > 0
    nothing = client.get("/symbiosis/materials/", {"q": "zzz"}).content.decode()
    assert "No material fits these filters." in nothing
    content = client.get("/symbiosis/materials/export.csv", {"family": "ash"}).content
    assert content.decode("utf-8-sig").count("\r\n") == len(ash) + 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_material_says_what_it_can_become_with_source_and_what_is_not_verified(sign_in, language):
    body = sign_in(None, language).get("/symbiosis/materials/coal-fly-ash/").content.decode()
    rule = load_knowledge().substitutions["coal-fly-ash--cement-additive"]
    need = load_knowledge().materials[rule.need]
    assert need.name.get(language) in body
    assert ("tin cậy" if language == "vi" else "confidence") in body
    assert ("chưa kiểm chứng" if language == "vi" else "not yet verified") in body
    assert sign_in(None).get("/symbiosis/materials/no-such/").status_code == 404


def test_what_can_take_the_place_of_a_product_is_shown(sign_in):
    page = sign_in(None).get("/symbiosis/materials/cement-additive/")
    assert page.context["replaced"]
    assert all(one["other"].id for one in page.context["replaced"])


def test_codes_are_searched_and_lead_to_the_other_list(sign_in):
    client = sign_in(None)
    found = client.get("/symbiosis/codes/", {"q": "10 01 02"}).context["rows"]
    assert "ewc:100102" in {one.code for one, _ in found}
    hazardous = client.get("/symbiosis/codes/", {"list": "vn", "hazard": "NH"}).context["rows"]
    assert hazardous and {(one.list, one.hazard) for one, _ in hazardous} == {("vn", "NH")}
    content = client.get("/symbiosis/codes/export.csv", {"q": "10 01 02"}).content.decode()
    assert "10 01 02" in content


def test_what_is_typed_into_the_form_is_answered_with_suggestions_and_reasons(sign_in):
    page = sign_in(None).get("/symbiosis/suggest/", {"name": "tro bay"})
    assert 'data-pick="coal-fly-ash"' in page.content.decode()
    assert sign_in(None).get("/symbiosis/suggest/").content.decode().strip() == ""


def test_every_family_medium_use_and_giver_has_a_name():
    knowledge = load_knowledge()
    assert {one.family for one in knowledge.materials.values()} <= set(FAMILIES)
    assert {one.medium for one in knowledge.materials.values()} <= set(MEDIA)
    rules = knowledge.substitutions.values()
    assert {one.use for one in rules} <= set(USES)
    named = {sector[:2] for one in rules for sector in one.givers if len(sector) > 1}
    assert {one for one in named if "05" <= one <= "39"} - set(DIVISIONS) <= {
        "06",
        "07",
        "09",
        "05",
    }
