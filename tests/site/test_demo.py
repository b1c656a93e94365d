"""The demonstration country: real figures with their sources, one invented park per outcome."""

from __future__ import annotations

import datetime as dt
import io
import re
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from django.db import transaction
from django.test import Client
from django.utils import translation
from typer.testing import CliRunner

from sinhthai.accounts.models import AuditEntry, Organisation, User
from sinhthai.assessment.actions import assess_parks
from sinhthai.assessment.commands import register
from sinhthai.assessment.models import Assessment
from sinhthai.carbon.models import Inventory
from sinhthai.carbon.readers.park import open_park
from sinhthai.certification.actions.chain import head, links
from sinhthai.certification.engine import chain
from sinhthai.certification.guards import taken_of
from sinhthai.certification.models import Certificate, Dossier, Event
from sinhthai.registry.engine.tax_code import is_tax_code
from sinhthai.registry.list_readers import export_parks, preview_park_file
from sinhthai.registry.models import Enterprise, Operator, Park, ParkFact
from sinhthai.reporting.engine.workbook import write_workbook
from sinhthai.reporting.models import Record, Report
from sinhthai.reporting.workbooks import workbook_spec
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.site.demo import carbon, certification, invented, load, names, people, reports
from sinhthai.site.demo.show import (
    findings_table,
    pages_table,
    pages_worth_opening,
    park_families,
    sign_ins_table,
)
from sinhthai.supervision.models import CorrectiveAction, Filing, Ground, Inspection, Milestone

ROOT = Path(__file__).resolve().parents[2]
AT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
ON = dt.date(2025, 12, 31)


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimpleNamespace]:
    """The demonstration, loaded once for this module and rolled back after it."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock(), transaction.atomic():
        load.load_country(AT)
        sign_ins = people.create_people(home, AT)
        reports.submit_reports(AT)
        certification.load_certification(AT)
        carbon.load_carbon(AT)
        parks = list(Park.objects.all())
        assess_parks(parks, family="vn-eip", on=ON, at=AT)
        yield SimpleNamespace(home=home, sign_ins=sign_ins)
        transaction.set_rollback(True)


def finding(park: str, leaf: str) -> dict[str, Any]:
    saved = Assessment.objects.get(park__code=park, family="vn-eip", is_current=True)
    return next(found for found in saved.findings if found["leaf"] == leaf)


@pytest.mark.django_db
def test_the_eleven_real_parks_keep_every_published_fact_word_for_word(demo: Any) -> None:
    assert Park.objects.filter(invented=False).count() == 11
    written = load.rows_of("seed_park_facts.csv")
    stored = ParkFact.objects.filter(park__invented=False)
    assert stored.count() == len(written) == 62
    for row in written:
        fact = stored.get(
            park__code=row["park_id"], field=row["field"], value=row["value"], as_of=row["as_of"]
        )
        assert (fact.source, fact.confidence) == (row["source"], row["confidence"])
        assert fact.unit_or_note == row["unit_or_note"]
        assert (fact.value_vi, fact.note_vi) == (row["value_vi"], row["note_vi"])


def test_every_english_word_of_a_published_fact_has_its_vietnamese() -> None:
    same_in_both = {"ha", "%", "", "KCN Ninh Phúc", "Shinec", "2008-2058"}
    for row in load.rows_of("seed_park_facts.csv"):
        number = re.fullmatch(r"[\d.]+", row["value"])
        assert row["value_vi"] or number or row["value"] in same_in_both, row["value"]
        assert row["note_vi"] or row["unit_or_note"] in same_in_both, row["unit_or_note"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "own", "other"),
    [
        ("vi", "trong đó 36 dự án nước ngoài", "36 of them foreign"),
        ("en", "36 of them foreign", "nước ngoài"),
    ],
)
def test_the_page_of_a_park_says_its_facts_in_one_language(
    demo: Any, client: Client, language: str, own: str, other: str
) -> None:
    client.cookies["language"] = language
    page = client.get("/parks/hiep-phuoc/").content.decode()
    assert own in page
    assert other not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "own", "other"),
    [
        ("vi", "Số liệu trình diễn, giả định", "emonstration, invented"),
        ("en", "Demonstration, invented", "trình diễn, giả định"),
    ],
)
def test_what_is_invented_names_its_source_in_one_language(
    demo: Any, client: Client, language: str, own: str, other: str
) -> None:
    client.cookies["language"] = language
    client.force_login(User.objects.get(username="bo"))
    park = "/parks/gia-dinh-doi-thong"
    for path in ("/", "/reports/2025/", "/reports/2025/values.csv", "/assessment.csv?year=2025"):
        answer = client.get(park + path)
        page = (answer.getvalue() if answer.streaming else answer.content).decode()
        assert answer.status_code == 200
        assert other not in page, path
        assert own in page or path.startswith("/assessment"), path
    with translation.override(language):
        data = export_parks(Park.objects.all(), "csv", on=ON, language=language)
    assert own in data.decode()
    assert other not in data.decode()
    assert preview_park_file("parks.csv", data, by=None, today=ON).writes == ()


@pytest.mark.django_db
def test_a_name_that_says_it_is_invented_is_not_tagged_again(demo: Any, client: Client) -> None:
    client.force_login(User.objects.get(username="bo"))
    reports_page = "/parks/gia-dinh-doi-thong/reports/"
    for path in ("", "2025/"):
        page = client.get(reports_page + path).content.decode()
        assert "(giả định)" in page
        assert 'class="tag invented"' not in page


@pytest.mark.django_db
def test_a_park_is_found_in_its_province_of_both_eras(demo: Any) -> None:
    tan_do = Park.objects.get(code="tan-do")
    assert (tan_do.province.name, tan_do.province_now.name) == ("Long An", "Tây Ninh")
    assert "© OpenStreetMap contributors" in Park.objects.get(code="hiep-phuoc").point_source


@pytest.mark.django_db
def test_hiep_phuoc_has_a_bounded_share_with_its_sources(demo: Any) -> None:
    found = finding("hiep-phuoc", "ENT-3")
    assert found["status"] == "undetermined"
    assert found["lower"] == pytest.approx(30 / 189)
    assert found["upper"] == pytest.approx(1.0)
    said = {
        item: record
        for record in Record.objects.filter(park__code="hiep-phuoc")
        for item in record.values
    }
    projects, helped = said["operating_enterprises"], said["recp_enterprises"]
    assert projects.qualifiers == {"operating_enterprises": "at_most"}
    assert (projects.as_of, "sggp.org.vn" in projects.source) == ("2023-09", True)
    assert helped.qualifiers == {"recp_enterprises": "at_least"}
    assert (helped.as_of, "einpresswire" in helped.source) == ("2024-04", True)


@pytest.mark.django_db
def test_one_published_symbiosis_decides_a_criterion_of_khanh_phu(demo: Any) -> None:
    assert finding("khanh-phu", "ENT-2a")["status"] == "met"


@pytest.mark.django_db
def test_the_workbook_of_the_park_that_meets_all_is_enough_by_itself(
    demo: Any, tmp_path: Path
) -> None:
    path = tmp_path / "song-xanh.xlsx"
    spec = workbook_spec(Park.objects.get(code="gia-dinh-song-xanh"), 2025, at=AT)
    path.write_bytes(write_workbook(spec))
    app = typer.Typer()
    register(app)
    result = CliRunner().invoke(app, ["assess", str(path)])
    assert result.exit_code == 0, result.output
    assert "12 đạt" in result.stdout


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("park", "verdict", "not_met", "undetermined"),
    [
        ("gia-dinh-song-xanh", "all_met", set(), set()),
        ("gia-dinh-doi-thong", "not_met", {"PARK-1"}, set()),
        (
            "gia-dinh-bai-boi",
            "undetermined",
            set(),
            {"INV-3a", "INV-4", "ENT-3", "PARK-1", "PARK-2"},
        ),
        ("gia-dinh-go-nang", "not_met", {"ENT-1"}, set()),
        ("gia-dinh-dam-sen", "all_met", set(), set()),
    ],
)
def test_each_invented_park_comes_out_as_designed(
    demo: Any, park: str, verdict: str, not_met: set[str], undetermined: set[str]
) -> None:
    saved = Assessment.objects.get(park__code=park, family="vn-eip", is_current=True)
    by_status: dict[str, set[str]] = {}
    for found in saved.findings:
        by_status.setdefault(found["status"], set()).add(found["leaf"])
    assert saved.verdict == verdict
    assert by_status.get("not_met", set()) == not_met
    assert by_status.get("undetermined", set()) == undetermined


@pytest.mark.django_db
def test_land_of_doi_thong_is_21_percent_and_recp_of_bai_boi_straddles_20(demo: Any) -> None:
    land = finding("gia-dinh-doi-thong", "PARK-1")
    assert land["lower"] == land["upper"] == pytest.approx(0.21)
    recp = finding("gia-dinh-bai-boi", "ENT-3")
    assert (recp["lower"], recp["upper"]) == (pytest.approx(11 / 69), pytest.approx(26 / 69))
    assert recp["lower"] < recp["threshold"] < recp["upper"]


@pytest.mark.django_db
def test_go_nang_comes_out_otherwise_under_other_readings(demo: Any) -> None:
    park = Park.objects.get(code="gia-dinh-go-nang")
    lenient = assess_parks([park], family="vn-eip", on=ON, options={"A1": "participants"}, at=AT)
    assert lenient[0].verdict == "all_met"
    strict = assess_parks([park], family="vn-eip", on=ON, options={"A2": "leased"}, at=AT)
    assert {f["leaf"] for f in strict[0].findings if f["status"] == "not_met"} == {"ENT-1", "ENT-3"}


@pytest.mark.django_db
def test_the_new_park_meets_article_38_and_the_others_say_it_does_not_apply(demo: Any) -> None:
    new = Park.objects.get(registered_as_new_eip=True)
    assert new.code == "gia-dinh-dam-sen"
    saved = assess_parks([new], family="vn-new-eip", on=ON, at=AT)[0]
    assert (saved.verdict, saved.met) == ("all_met", 8)
    old = Record.objects.filter(park__code="gia-dinh-song-xanh", enterprise=None).first()
    assert old is not None
    assert set(old.absences.values()) == {"not_applicable"}


@pytest.mark.django_db
def test_everything_invented_is_marked_in_the_store_and_in_its_name(demo: Any) -> None:
    assert {park.code for park in Park.objects.filter(invented=True)} == {
        design.code for design in invented.DESIGNS
    }
    for park in Park.objects.filter(invented=True):
        assert park.name_vi.endswith(names.MARK.vi)
        assert park.name_en.endswith(names.MARK.en)
    assert not Enterprise.objects.filter(invented=False).exists()
    assert not Enterprise.objects.exclude(name_vi__endswith=names.MARK.vi).exists()
    assert not Enterprise.objects.filter(park__invented=False).exists()
    assert not Operator.objects.filter(code__startswith="gia-dinh", invented=False).exists()
    assert not Organisation.objects.filter(invented=False).exists()
    invented_records = Record.objects.filter(park__invented=True)
    assert invented_records.filter(source__icontains="invented").count() == invented_records.count()


@pytest.mark.django_db
def test_each_invented_park_has_40_to_120_enterprises_with_valid_tax_codes(demo: Any) -> None:
    for design in invented.DESIGNS:
        firms = Enterprise.objects.filter(park__code=design.code)
        assert 40 <= firms.count() <= 120
        for firm in firms:
            assert firm.tax_code is not None
            assert firm.tax_code.startswith("99")  # a range no province gave out
            assert is_tax_code(firm.tax_code)


@pytest.mark.django_db
def test_reports_of_the_invented_parks_wait_or_were_approved(demo: Any) -> None:
    states = dict(
        Report.objects.filter(park__code="gia-dinh-song-xanh").values_list("year", "state")
    )
    assert states == {
        2021: "approved",
        2022: "approved",
        2023: "approved",
        2024: "approved",
        2025: "submitted",
    }


STATES = {
    "vn-eip-issue-d35": {
        "certified", "notified", "withdrawn", "consulting", "supplement_evaluation", "proposed",
    },
    "vn-eco-issue-d35": {
        "draft", "submitted", "supplement", "accepted", "consulting", "evaluating",
        "supplement_evaluation", "reported", "failed", "certified", "notified", "withdrawn",
    },
    "vn-eip-revoke-d35": {"revoked", "dropped"},
    "vn-eco-revoke-d35": {"opened", "proposed", "noticed", "revoked", "dropped"},
    "vn-eco-review-d35": {"opened", "kept", "revocation_proposed"},
}  # fmt: skip


@pytest.mark.django_db
def test_dossiers_stand_in_every_state_the_demonstration_can_reach(demo: Any) -> None:
    found: dict[str, set[str]] = {}
    for procedure, state in Dossier.objects.values_list("procedure", "state"):
        found.setdefault(procedure, set()).add(state)
    assert found == STATES
    for procedure in ("vn-eco-issue-d35", "vn-eco-revoke-d35", "vn-eco-review-d35"):
        every = {state.id for state in load_procedures().procedure(procedure).states}
        assert found[procedure] == every
    # The other states of a park's application are those of parks there are no more of; and five
    # years after the decree no certificate is old enough to be issued again (45.1).
    assert not Dossier.objects.filter(park__invented=False).exists()


@pytest.mark.django_db
def test_certificates_forms_and_visits_stand_in_their_states(demo: Any) -> None:
    def states(model: Any) -> set[str]:
        return set(model.objects.values_list("state", flat=True))

    assert states(Certificate) == {"valid", "suspended", "revoked"}
    assert states(Filing) == set(Filing.State.values)
    assert states(Inspection) == set(Inspection.State.values)
    assert states(CorrectiveAction) == {"open", "answered", "verified"}
    assert CorrectiveAction.objects.filter(state="open", due_on__lt=AT.date()).exists()
    amber = Certificate.objects.exclude(broken=[])
    assert [(one.state, one.broken[0]["leaf"]) for one in amber] == [("valid", "ECO-5")]
    late = Milestone.objects.filter(done_on=None, due_on__lt=AT.date())
    assert late.count() == 1 < Milestone.objects.count()
    assert {ground.letter for ground in Ground.objects.all()} == {"a", "b", "c"}


@pytest.mark.django_db
def test_the_chain_of_the_demonstration_holds_and_tells_its_days_in_order(demo: Any) -> None:
    assert chain.check(links(), head=head()) == []
    days = list(Event.objects.order_by("seq").values_list("at", flat=True))
    assert days == sorted(days)
    assert days[-1] <= AT


@pytest.mark.django_db
def test_nobody_of_the_demonstration_approved_what_they_entered(demo: Any) -> None:
    for dossier in Dossier.objects.exclude(submitted_digest="").prefetch_related("events"):
        taken = taken_of(dossier)
        assert not taken["submit"] & taken["draft"], dossier
        assert not taken.get("report", frozenset()) & taken.get("judge", frozenset()), dossier


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("kcn-song-xanh", "A.5"),
        ("kcn-bai-boi-cb", "Giải trình"),
        ("kcn-dam-sen", "mốc cam kết"),
        ("bql-hai-phong", "Xác nhận khắc phục"),
        ("bql-hai-phong-cb", "Kiểm tra tính đầy đủ"),
        ("bql-tay-ninh", "Rà soát"),
        ("ubnd-hue", "Quyết định cấp giấy chứng nhận"),
        ("bo", "Đồi Thông"),
        ("bo-xay-dung", "Đồi Thông"),
        ("so-khoa-hoc", "Trả lời"),
        ("recp", "Đồi Thông"),
        ("doanh-nghiep", "Khắc phục"),
        ("cac-doanh-nghiep", "Bổ sung"),
    ],
)
def test_the_desk_of_each_role_has_something_to_do(
    demo: Any, client: Client, who: str, words: str
) -> None:
    client.force_login(User.objects.get(username=who))
    client.cookies["language"] = "vi"
    page = client.get("/desk/")
    assert page.status_code == 200
    assert words in page.content.decode()


@pytest.mark.django_db
def test_everything_certified_says_that_it_is_invented(demo: Any) -> None:
    for certificate in Certificate.objects.select_related("park", "enterprise"):
        assert certificate.park.invented
        assert certificate.credential["credentialSubject"]["certificate"]["invented"] is True
    assert not User.objects.exclude(email__endswith=".invalid").exists()


@pytest.mark.django_db
def test_a_second_load_changes_nothing(demo: Any) -> None:
    models = (Park, ParkFact, Enterprise, Record, Operator, AuditEntry, User, Dossier, Event)
    before = [model.objects.count() for model in models]
    Record.objects.filter(park__code="hiep-phuoc").update(source="a person wrote this")
    load.load_country(AT + dt.timedelta(days=1))
    certification.load_certification(AT + dt.timedelta(days=1))
    assert [model.objects.count() for model in models] == before
    kept = Record.objects.filter(park__code="hiep-phuoc").values_list("source", flat=True)
    assert set(kept) == {"a person wrote this"}


@pytest.mark.django_db
def test_the_load_is_refused_over_other_peoples_data(demo: Any) -> None:
    AuditEntry.objects.filter(action=load.LOADED).delete()
    with pytest.raises(load.StoreNotEmptyError):
        load.load_country(AT)


@pytest.mark.django_db
def test_passwords_work_stand_in_a_private_file_and_are_random(demo: Any, tmp_path: Path) -> None:
    path = demo.home / people.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert people.read_sign_ins(demo.home) == demo.sign_ins
    assert len({sign_in.password for sign_in in demo.sign_ins}) == len(demo.sign_ins) >= 11
    for sign_in in demo.sign_ins:
        assert User.objects.get(username=sign_in.username).check_password(sign_in.password)
    assert people.read_sign_ins(tmp_path) == []


@pytest.mark.django_db
def test_every_part_of_the_cast_is_there(demo: Any) -> None:
    kinds = set(Organisation.objects.values_list("kind", flat=True))
    assert kinds == set(Organisation.Kind.values)


def test_no_password_is_in_the_repository() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not [name for name in tracked if Path(name).name == people.FILE]
    one_time = re.compile(r"\b[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}\b", re.IGNORECASE)
    source = "".join(
        path.read_text("utf-8") for path in (ROOT / "src/sinhthai/site/demo").glob("*.py")
    )
    assert not [word for word in one_time.findall(source) if any(char.isdigit() for char in word)]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_printed_tables_name_every_park_and_sign_in(demo: Any, language: str) -> None:
    from rich.console import Console

    console = Console(width=120, record=True, file=io.StringIO())
    console.print(findings_table(language))
    console.print(sign_ins_table(demo.home, language))
    console.print(pages_table("http://127.0.0.1:8000", language))
    printed = console.export_text()
    assert ("Hiệp Phước" if language == "vi" else "Hiep Phuoc") in printed
    assert ("Đạt tất cả" if language == "vi" else "All met") in printed
    assert all(sign_in.password in printed for sign_in in demo.sign_ins)
    broken = Certificate.objects.exclude(broken=[]).get()
    assert f"/certificates/{broken.public_id}/" in printed


@pytest.mark.django_db
def test_every_page_worth_opening_opens_for_who_is_named(demo: Any, client: Client) -> None:
    for path, username, what in pages_worth_opening():
        client.logout()
        if username:
            client.force_login(User.objects.get(username=username))
        answer = client.get(path)
        assert answer.status_code == 200, (path, username, what.en)


def test_published_records_name_items_that_exist_and_say_how_they_were_read() -> None:
    items = load_bundle().items
    for row in load.rows_of("published_records.csv"):
        assert row["item"] in items
        assert row["qualifier"] in ("", "at_least", "at_most", "about")
        assert row["reading"]
        assert "recalled" not in row["source"]


def test_the_families_of_parks_are_those_of_the_rules() -> None:
    assert list(park_families()) == ["vn-eip", "vn-new-eip", "vn-indicators", "eip-international"]


@pytest.mark.django_db
def test_inventories_are_locked_recalculated_and_in_draft_with_an_unknown(demo: Any) -> None:
    versions = Inventory.objects.filter(park__code=invented.DESIGNS[0].code)
    assert set(versions.values_list("year", flat=True)) == {2022, 2023}
    [again] = versions.filter(version=2)
    assert "giả định" in again.reason
    assert {change[3] for change in again.difference["changes"]} == {"quantity"}
    assert all(one.locked_by is not None for one in versions)
    drafts = open_park(again.park, "working").sum_of(2024, "AR5")
    assert any(one.part and one.part.unknown for one in drafts.members)
    published = open_park(again.park, "locked").sum_of(2023, "AR5")
    assert published.found.inside  # steam of the park, counted once
