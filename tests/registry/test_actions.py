"""Changes to the register: each leaves an audit entry, and refuses what cannot be."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sinhthai.accounts.models import AuditEntry
from sinhthai.foundation.problems import InputError
from sinhthai.registry import actions, readers
from sinhthai.registry.models import Enterprise, Park, RegistryImport
from sinhthai.registry.signals import roster_changed

from .conftest import AT

pytestmark = pytest.mark.postgres


def test_a_person_sets_another_fact_as_current_and_newer_ones_respect_it(hiep_phuoc, owner):
    brochure = hiep_phuoc.facts.get(value="1700")
    actions.set_current_fact(brochure, by=owner, at=AT)
    newer = actions.FactGiven("area_ha", "1710", "gazette", 1710, "ha", "2026", "high")
    actions.record_facts(hiep_phuoc, [newer], at=AT, by=owner)
    assert hiep_phuoc.facts.get(field="area_ha", is_current=True) == brochure
    entry = AuditEntry.objects.get(action="registry.set_current_fact")
    assert entry.detail == {"before": "1686", "after": "1700"}
    assert entry.summary_vi == "Chọn giá trị hiện hành của Diện tích: 1700 (a brochure)"


def test_a_better_fact_becomes_current_and_the_same_one_is_kept_once(hiep_phuoc):
    better = actions.FactGiven("area_ha", "1720", "gazette", 1720, "ha", "2025", "high")
    assert len(actions.record_facts(hiep_phuoc, [better, better], at=AT)) == 1
    assert actions.record_facts(hiep_phuoc, [better], at=AT) == []
    assert hiep_phuoc.facts.get(field="area_ha", is_current=True).value == "1720"
    assert hiep_phuoc.facts.filter(field="area_ha").count() == 3


def test_a_status_is_added_and_a_wrong_one_of_that_day_corrected(
    factory, owner, django_capture_on_commit_callbacks
):
    told = []
    roster_changed.connect(
        lambda park, **_: told.append(park.code), weak=False, dispatch_uid="test"
    )
    day = dt.date(2024, 2, 1)
    with django_capture_on_commit_callbacks(execute=True):
        actions.record_status(factory, "closed", valid_from=day, at=AT, by=owner)
        actions.record_status(factory, "suspended", valid_from=day, at=AT, by=owner)
    roster_changed.disconnect(dispatch_uid="test")
    assert told == ["hiep-phuoc", "hiep-phuoc"]
    assert factory.statuses.get(valid_from=day).status == "suspended"
    assert factory.statuses.count() == 3
    entry = AuditEntry.objects.filter(action="registry.record_status").first()
    assert "(was: closed)" in entry.summary_en
    assert entry.park_code == "hiep-phuoc"


def test_an_enterprise_cannot_close_before_it_opened(factory):
    with pytest.raises(InputError, match="before operation began"):
        actions.record_status(factory, "closed", valid_from=dt.date(2016, 1, 1), at=AT)
    assert factory.statuses.count() == 2


def test_plots_add_up_and_fill(hiep_phuoc, factory, tan_do):
    actions.record_plot(
        hiep_phuoc, "A1", use="industrial", area_ha=Decimal("6"), enterprise=factory, at=AT
    )
    actions.record_plot(hiep_phuoc, "A2", use="industrial", area_ha=Decimal("2"), at=AT)
    actions.record_plot(hiep_phuoc, "G1", use="greenery", area_ha=Decimal("2"), at=AT)
    land = readers.read_park(hiep_phuoc, AT.date()).land
    assert (land.total_ha, land.occupancy, land.shared_ha) == (10, Decimal("0.75"), 2)
    with pytest.raises(ValueError, match="not an enterprise of tan-do"):
        actions.record_plot(
            tan_do, "B1", use="roads", area_ha=Decimal(1), enterprise=factory, at=AT
        )
    with pytest.raises(ValueError, match="above zero"):
        actions.record_plot(tan_do, "B1", use="roads", area_ha=Decimal(0), at=AT)


def test_land_use_and_occupancy_show_on_the_public_page(client, hiep_phuoc, factory):
    actions.record_plot(
        hiep_phuoc, "A1", use="industrial", area_ha=Decimal("6"), enterprise=factory, at=AT
    )
    actions.record_plot(hiep_phuoc, "A2", use="service", area_ha=Decimal("2"), at=AT)
    assert "75,0\u00a0%" in client.get("/parks/hiep-phuoc/").content.decode()


def keep(owner, park, lines="MST;Tên\n0100109106;Công ty B"):
    return actions.keep_upload(
        "enterprises", file_name="e.csv", data=lines.encode(), by=owner, at=AT, park=park
    )


def test_an_upload_is_applied_once(owner, hiep_phuoc):
    kept = keep(owner, hiep_phuoc)
    actions.apply_import(kept, by=owner, at=AT)
    kept.refresh_from_db()
    assert (kept.created, kept.applied_at) == (1, AT)
    with pytest.raises(InputError, match="applied already"):
        actions.apply_import(kept, by=owner, at=AT)


def test_of_two_people_at_once_the_second_looks_again(owner, inspector, hiep_phuoc):
    first, second = (
        keep(owner, hiep_phuoc),
        keep(inspector, hiep_phuoc, "MST;Tên\n0100109106;Công ty C"),
    )
    actions.apply_import(first, by=owner, at=AT)
    with pytest.raises(InputError, match="changed after the preview"):
        actions.apply_import(second, by=inspector, at=AT)
    assert Enterprise.objects.get().name_vi == "Công ty B"
    actions.apply_import(second, by=inspector, at=AT)  # having seen the new preview
    assert Enterprise.objects.get().name_vi == "Công ty C"


def test_the_whole_way_in_the_browser_upload_look_apply(signed_in, owner, hiep_phuoc, factory):
    client = signed_in(owner)
    client.cookies["language"] = "en"
    lines = "MST;Tên;Số lao động\n0300588569;;350\n0100109106;Công ty B;12"
    upload = SimpleUploadedFile("mới.csv", lines.encode("utf-8-sig"))
    preview = client.post("/parks/hiep-phuoc/enterprises/import/", {"file": upload}, follow=True)
    body = preview.content.decode()
    assert "<del>320</del> → <ins>350</ins>" in body
    assert "Apply 2 lines" in body
    assert Enterprise.objects.count() == 1
    done = client.post(preview.redirect_chain[-1][0], follow=True)
    assert "The list is applied." in done.content.decode()
    assert Enterprise.objects.get(code="0300588569").employees == 350
    assert RegistryImport.objects.get().applied_at


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("e.xlsx", b"no workbook", "không phải là sổ Excel (.xlsx)."),
        ("e.pdf", b"x", "Không nhận tệp loại .pdf."),
        ("e.csv", b"a;b\n1;2", "Không thấy cột"),
    ],
)
def test_a_bad_file_is_answered_on_the_page_and_not_kept(
    signed_in, owner, hiep_phuoc, name, data, says
):
    client = signed_in(owner)
    answer = client.post(
        "/parks/hiep-phuoc/enterprises/import/", {"file": SimpleUploadedFile(name, data)}
    )
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert client.post("/parks/hiep-phuoc/enterprises/import/").status_code == 400
    assert not RegistryImport.objects.exists()


def test_a_wrong_status_is_answered_on_the_page(signed_in, owner, factory):
    client = signed_in(owner)
    client.cookies["language"] = "en"
    for sent, says in (
        ({"status": "closed", "valid_from": "2016-01-01"}, "before operation began"),
        ({"status": "closed", "valid_from": "soon"}, "is not a date"),
    ):
        answer = client.post("/enterprises/0300588569/status/", sent)
        assert answer.status_code == 400
        assert says in answer.content.decode()


def test_adding_a_park_finds_it_by_its_older_province(tan_do):
    assert [park.code for park in readers.find_parks(words="long an", on=AT.date())] == ["tan-do"]
    assert Park.objects.get(code="tan-do").province.name == "Long An"
