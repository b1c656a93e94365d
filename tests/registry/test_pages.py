"""The pages of the register say what is known, in old and new borders, in both languages."""

import pytest

from sinhthai.registry import actions

from .conftest import AT


@pytest.fixture
def anyone(client):
    client.cookies["language"] = "en"
    return client


def test_the_list_finds_a_park_without_diacritics_by_old_name_and_by_province(
    anyone, hiep_phuoc, tan_do
):
    for words in ("hiep phuoc", "HIỆP PHƯỚC", "nha be", "kcn hiep", "ho chi minh"):
        page = anyone.get("/parks/", {"q": words})
        assert [park.code for park in page.context["page"]] == ["hiep-phuoc"], words
    assert not anyone.get("/parks/", {"q": "hiep tan do"}).context["page"].object_list


def test_the_same_parks_answer_in_old_and_in_new_borders(anyone, hiep_phuoc, tan_do, new_park):
    old = anyone.get("/parks/", {"on": "2025-06-30", "province": "80"})
    assert [park.code for park in old.context["page"]] == ["tan-do"]
    assert b"Long An Province" in old.content
    assert len(old.context["provinces"]) == 63
    new = anyone.get("/parks/", {"on": "2025-07-01", "province": "80"})
    assert [park.code for park in new.context["page"]] == ["tan-do"]
    assert "Tây Ninh Province" in new.content.decode()
    unknown = anyone.get("/parks/", {"on": "2025-06-30"})
    assert b"not known in these borders" in unknown.content


def test_a_park_page_shows_every_statement_and_which_one_is_current(anyone, hiep_phuoc, factory):
    page = anyone.get("/parks/hiep-phuoc/")
    body = page.content.decode()
    assert page.status_code == 200
    assert "theinvestor.vn" in body
    assert "a brochure" in body
    assert "Hồ Chí Minh City · 1,686 ha" in " ".join(body.split())
    assert page.context["page"].enterprises == 1
    assert "Sữa Đại Phát" not in body  # the public sees the count, not the names


def test_vietnamese_is_the_default(client, hiep_phuoc):
    body = client.get("/parks/hiep-phuoc/").content.decode()
    assert "Khu công nghiệp Hiệp Phước" in body
    assert "1.686 ha" in body


def test_an_enterprise_page_shows_its_history(signed_in, owner, factory):
    client = signed_in(owner)
    client.cookies["language"] = "en"
    body = client.get("/enterprises/0300588569/").content.decode()
    assert "1 Mar 2015" in body
    assert "1 Mar 2017" in body
    assert "invented" in body


def test_an_area_that_is_hardly_trusted_says_so(anyone, hiep_phuoc, tan_do):
    recalled = actions.FactGiven("area_ha", "208", "recalled", 208, "ha", "", "low")
    actions.record_facts(tan_do, [recalled], at=AT)
    assert b"208 ha (low confidence)" in anyone.get("/parks/tan-do/").content
    listed = anyone.get("/parks/").content.decode()
    assert listed.count("low confidence") == 1


def test_no_listed_enterprise_is_not_shown_as_zero(anyone, hiep_phuoc):
    assert b"No enterprise is entered yet." in anyone.get("/parks/hiep-phuoc/").content
