"""Every address of the register for the cast of four: who may, and who gets 404 without a hint."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from sinhthai.accounts.models import Membership
from sinhthai.registry import actions, policy, urls
from sinhthai.registry.models import Park, RegistryImport

from .conftest import make_person

PUBLIC = [
    "/parks/",
    "/parks/export.xlsx",
    "/parks/export.csv",
    "/parks/export.geojson",
    "/parks/hiep-phuoc/",
]
INSIDE = [
    "/parks/hiep-phuoc/enterprises/",
    "/parks/hiep-phuoc/enterprises/export.xlsx",
    "/parks/hiep-phuoc/enterprises/export.csv",
    "/parks/hiep-phuoc/enterprises/export.geojson",
    "/parks/hiep-phuoc/enterprises/import/",
    "/parks/hiep-phuoc/enterprises/template.xlsx",
    "/enterprises/0300588569/",
]
KEEPERS = ["/parks/import/", "/parks/template.xlsx"]  # whoever keeps a part of the register
API_INSIDE = ["/api/parks/hiep-phuoc/enterprises", "/api/enterprises/0300588569"]
API_PUBLIC = ["/api/parks", "/api/parks/hiep-phuoc", "/api/territory"]


@pytest.fixture
def cast(owner, inspector, stranger, ministry, factory):
    return {
        "owner": owner,
        "inspector": inspector,
        "stranger": stranger,
        "ministry": ministry,
        "nobody": None,
    }


@pytest.mark.parametrize("who", ["owner", "inspector", "stranger", "ministry", "nobody"])
@pytest.mark.parametrize("address", PUBLIC + API_PUBLIC)
def test_the_public_register_is_open_to_everybody(cast, signed_in, who, address):
    assert signed_in(cast[who]).get(address).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("inspector", 200), ("ministry", 200), ("stranger", 404), ("nobody", 404)],
)
@pytest.mark.parametrize("address", INSIDE + API_INSIDE)
def test_the_inside_of_a_park_is_for_its_own(cast, signed_in, who, status, address):
    assert signed_in(cast[who]).get(address).status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("inspector", 200), ("ministry", 200), ("stranger", 200), ("nobody", 404)],
)
@pytest.mark.parametrize("address", KEEPERS)
def test_a_list_of_parks_is_brought_by_who_keeps_a_park(cast, signed_in, who, status, address):
    assert signed_in(cast[who]).get(address).status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 302), ("inspector", 302), ("ministry", 302), ("stranger", 404), ("nobody", 404)],
)
def test_who_may_post(cast, signed_in, hiep_phuoc, factory, who, status):
    client = signed_in(cast[who])
    fact = hiep_phuoc.facts.get(value="1700")
    assert client.post(f"/parks/hiep-phuoc/facts/{fact.pk}/current/").status_code == status
    answer = client.post(
        "/enterprises/0300588569/status/", {"status": "suspended", "valid_from": "2024-02-01"}
    )
    assert answer.status_code == status
    upload = SimpleUploadedFile("e.csv", "MST;Tên\n0100109106;Công ty B".encode())
    answer = client.post("/parks/hiep-phuoc/enterprises/import/", {"file": upload})
    assert answer.status_code == status
    assert factory.statuses.count() == (3 if status == 302 else 2)
    assert RegistryImport.objects.count() == (1 if status == 302 else 0)


def test_a_preview_is_for_the_person_who_uploaded(cast, signed_in, owner, hiep_phuoc):
    kept = actions.keep_upload(
        "enterprises",
        file_name="e.csv",
        data="MST;Tên\n0100109106;Công ty B".encode(),
        by=owner,
        at=timezone.now(),
        park=hiep_phuoc,
    )
    address = f"/parks/hiep-phuoc/enterprises/import/{kept.pk}/"
    for who, status in (("owner", 200), ("inspector", 404), ("stranger", 404), ("nobody", 404)):
        assert signed_in(cast[who]).get(address).status_code == status, who
        assert who == "owner" or signed_in(cast[who]).post(address).status_code == 404
    assert signed_in(owner).get(f"/parks/import/{kept.pk}/").status_code == 404


def test_every_address_of_the_register_is_in_these_lists():
    tried = {
        "parks", "park_export", "park", "park_import", "park_template", "park_enterprises",
        "enterprise_export", "enterprise_import", "enterprise_template", "enterprise",
        "fact_current", "enterprise_status", "enterprise_import_preview", "park_import_preview",
    }  # fmt: skip
    assert {pattern.name for pattern in urls.urlpatterns} == tried


def test_a_viewer_reads_but_does_not_write(signed_in, hiep_phuoc, factory):
    viewer = make_person("viewer", "operator", "park", "hiep-phuoc", Membership.Role.VIEWER)
    client = signed_in(viewer)
    assert client.get("/parks/hiep-phuoc/enterprises/").status_code == 200
    assert client.get("/parks/hiep-phuoc/enterprises/import/").status_code == 404
    assert client.get("/parks/import/").status_code == 404
    page = client.get("/enterprises/0300588569/")
    assert b'<form method="post" action="/enterprises' not in page.content
    assert client.post("/enterprises/0300588569/status/", {}).status_code == 404


def test_an_enterprise_sees_itself_and_not_its_park(signed_in, hiep_phuoc, factory):
    person = make_person("firm", "enterprise", "enterprise", "0300588569")
    client = signed_in(person)
    assert client.get("/enterprises/0300588569/").status_code == 200
    assert client.get("/parks/hiep-phuoc/enterprises/").status_code == 404
    assert not policy.parks_visible(person).exists()
    assert client.post("/enterprises/0300588569/status/", {}).status_code == 404


def test_an_inspector_reaches_the_parks_of_the_province_of_today(inspector, hiep_phuoc, tan_do):
    assert list(policy.parks_visible(inspector)) == [hiep_phuoc]
    assert policy.may_approve(inspector, hiep_phuoc)
    assert not policy.may_write(inspector, tan_do)


def test_a_park_office_brings_its_own_park_and_no_other(signed_in, owner, hiep_phuoc, tan_do):
    client = signed_in(owner)
    lines = "Mã KCN;Tên\nhiep-phuoc;Khu mới\ntan-do;Khu khác\nmoi;Khu ba"
    answer = client.post(
        "/parks/import/", {"file": SimpleUploadedFile("p.csv", lines.encode())}, follow=True
    )
    body = answer.content.decode()
    assert "bạn không được sửa “tan-do”" in body.lower()
    assert answer.context["counts"]["refused"] == 2
    assert client.post(answer.redirect_chain[-1][0]).status_code == 400
    assert Park.objects.get(code="hiep-phuoc").name_vi == "Khu công nghiệp Hiệp Phước"


@pytest.mark.parametrize(
    "address",
    ["/parks/khong-co/", "/parks/khong-co/enterprises/", "/enterprises/9/", "/parks/export.pdf"],
)
def test_what_is_not_there_is_404(signed_in, ministry, address):
    assert signed_in(ministry).get(address).status_code == 404
