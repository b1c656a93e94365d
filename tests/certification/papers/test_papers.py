"""Every paper of a dossier, written from what is stored."""

import dataclasses
import datetime as dt

import pytest
from tests.certification.papers.conftest import AT, LONG, WORDS, open_dossier

from sinhthai.accounts.models import Organisation
from sinhthai.certification.documents import to_docx, to_pdf
from sinhthai.certification.documents.model import Fields, Group, Heading, Items, Paragraph, Table
from sinhthai.certification.engine.findings import finding_digest
from sinhthai.certification.models import Judgement, Opinion, Override
from sinhthai.certification.readers.papers import (
    SLOTS,
    compose_opinion,
    compose_paper,
    missing_facts,
)
from sinhthai.registry.models import Park
from sinhthai.reporting.models import Evidence, Record
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.procedures_loading import load_procedures


def strings(document):
    """Everything a paper says, None as it stands."""
    found = [document.kind, document.abstract, document.header.body, *document.addressees]
    for block in document.blocks:
        match block:
            case Heading(text, _) | Paragraph(text, _):
                found.append(text)
            case Items(items):
                found += items
            case Fields(rows):
                found += [cell for row in rows for cell in row]
            case Table(columns, rows):
                found += [column.title for column in columns]
                for row in rows:
                    found += [row.title] if isinstance(row, Group) else row
    return found


def say(document):
    return "\n".join(text for text in strings(document) if text)


def value_of(document, label):
    for block in document.blocks:
        if isinstance(block, Fields):
            for name, said in block.rows:
                if name == label:
                    return said
        if isinstance(block, Table):
            for row in block.rows:
                if not isinstance(row, Group) and label in row:
                    return row[row.index(label) + 1]
    raise AssertionError(label)


@pytest.mark.parametrize("slot", SLOTS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_paper_can_be_written_and_comes_out_the_same_again(
    dossier, firm_dossier, board, slot, language
):
    for one in (dossier, firm_dossier):
        first = compose_paper(one, slot, AT, language)
        again = compose_paper(type(one).objects.get(pk=one.pk), slot, AT, language)
        assert first == again
        assert to_pdf(first) == to_pdf(again) and to_docx(first) == to_docx(again)
        assert first.language == language and first.notes


def test_every_assembled_paper_of_every_procedure_has_its_composer():
    wanted = {
        paper.id
        for procedure in load_procedures().procedures
        for paper in procedure.papers
        if paper.made == "assembled"
    }
    assert wanted - {"certificate"} <= set(SLOTS)


def test_an_unknown_paper_is_refused(dossier):
    with pytest.raises(KeyError):
        compose_paper(dossier, "novel", AT)


def test_the_letter_says_who_asks_for_what_and_what_is_enclosed(dossier, board):
    paper = compose_paper(dossier, "letter", AT)
    said = say(paper)
    assert paper.addressees == ("Ban Quản lý các khu công nghiệp",)
    assert paper.header.body == "Công ty Hạ tầng Ưu Việt"
    assert "đăng ký chứng nhận khu công nghiệp sinh thái" in said
    assert "điểm a khoản 2 Điều 41" in said
    assert "06 bộ" in said
    assert value_of(paper, "Địa chỉ trụ sở") == WORDS["address"]
    assert value_of(paper, "Địa điểm") == "Thành phố Hồ Chí Minh"
    assert (paper.signature.position, paper.signature.name) == (
        "Tổng Giám đốc", "Nguyễn Thị Ánh Nguyệt",
    )  # fmt: skip


def test_the_letter_of_an_enterprise_names_its_park_and_five_sets(firm_dossier, board):
    paper = compose_paper(firm_dossier, "letter", AT)
    assert paper.header.body == LONG
    assert "05 bộ" in say(paper) and "Khu công nghiệp Hiệp Phước" in say(paper)
    assert value_of(paper, "Số lao động") == "120"


def test_zero_not_reported_and_confidential_are_three_things(dossier):
    paper = compose_paper(dossier, "operation", AT)
    items = load_bundle().items
    assert value_of(paper, items["greenery_ha"].name.vi) == "0\u00a0ha"
    assert value_of(paper, items["roads_ha"].name.vi) is None
    assert value_of(paper, items["plan_area_ha"].name.vi) == "ít nhất 1.234,5\u00a0ha"
    assert value_of(compose_paper(dossier, "letter", AT), "Điện thoại") == "bảo mật"


def test_figures_carry_their_source(dossier):
    said = say(compose_paper(dossier, "operation", AT))
    assert "Báo cáo năm 2025 · số liệu năm 2025" in said


def test_investment_attraction_counts_land_and_enterprises(dossier):
    paper = compose_paper(dossier, "operation", AT)
    assert value_of(paper, "Tỷ lệ lấp đầy (khoản 22 Điều 2)") == "75,0\u00a0%"
    assert value_of(paper, "Tổng số") == "2"
    rows = [row for block in paper.blocks if isinstance(block, Table) for row in block.rows]
    # One of two enterprises states its employees: the sum is a lower bound.
    assert any(isinstance(row, tuple) and row[2:] == ("2", "ít nhất 120") for row in rows)


def test_without_plots_there_is_no_occupancy(park):
    paper = compose_paper(open_dossier(park), "operation", AT)
    assert value_of(paper, "Tỷ lệ lấp đầy (khoản 22 Điều 2)") is None
    assert value_of(paper, "Tổng số") is None


def test_what_the_applicant_did_not_write_is_not_made_up(dossier):
    assert "chưa báo cáo" in say(compose_paper(dossier, "operation", AT))


def test_the_assessment_goes_through_every_criterion_with_words_and_evidence(dossier, person):
    leaf = load_bundle().framework_on("vn-eip", dossier.on).leaf("INV-1")
    Evidence.objects.create(
        park=dossier.park, year=2025, item="investor_compliance_land", file="x.pdf",
        file_name="ket-luan-thanh-tra.pdf", sha256="5" * 64, size=1, uploaded_by=person,
        uploaded_at=AT,
    )  # fmt: skip
    paper = compose_paper(dossier, "assessment", AT)
    said = say(paper)
    framework = load_bundle().framework_on("vn-eip", dossier.on)
    assert all(one.title.vi in said for one in framework.leaves)
    assert f"{leaf.title.vi} (điểm a khoản 1 Điều 37)" in said
    assert WORDS["explain:INV-1"] in said
    assert "ket-luan-thanh-tra.pdf" in said and "5" * 64 in said
    assert any("vn-eip" in value for _label, value in paper.pins)


def test_papers_rest_on_the_snapshot_not_on_what_came_later(dossier):
    before = compose_paper(dossier, "operation", AT)
    Record.objects.create(
        park=dossier.park, year=2025, values={"roads_ha": 7},
        recorded_at=AT + dt.timedelta(days=1),
    )  # fmt: skip
    assert compose_paper(dossier, "operation", AT).blocks == before.blocks


def judge(dossier, person, *, but=()):
    for row in dossier.snapshots.get(is_current=True).findings:
        Judgement.objects.create(
            dossier=dossier, leaf=row["leaf"], met=row["leaf"] not in but,
            reason=f"Lý do {row['leaf']}", finding_digest=finding_digest(row), by=person, at=AT,
        )  # fmt: skip


def test_the_report_says_what_each_body_and_the_board_hold(dossier, board, person):
    judge(dossier, person)
    body = Organisation.objects.create(code="btc", kind="ministry", name_vi="Bộ Tài chính")
    Opinion.objects.create(
        dossier=dossier, party="consulted", authority="lead_investment_ministry",
        organisation=body, sent_at=AT, received_at=AT, answered_at=AT, position="disagree",
        text="Chưa rõ nguồn nước.", positions={"ENT-3": {"position": "disagree", "remark": "Thiếu"}},
    )  # fmt: skip
    said = say(compose_paper(dossier, "evaluation_report", AT))
    assert "Bộ Tài chính" in said and "Chưa rõ nguồn nước." in said
    assert "Bộ Tài chính: không đồng ý; Thiếu" in said
    assert "Lý do ENT-3" in said
    assert "đạt 12/12 tiêu chí; đủ điều kiện" in said


def test_a_report_with_open_judgements_does_not_conclude(dossier, board):
    said = say(compose_paper(dossier, "evaluation_report", AT))
    assert "Còn 12 trong 12 tiêu chí chưa được nhận định." in said
    assert "đủ điều kiện" not in said


def test_a_judgement_on_a_finding_that_changed_has_no_force_in_the_report(dossier, board, person):
    judge(dossier, person)
    Judgement.objects.filter(leaf="ENT-3").update(finding_digest="0" * 64)
    said = say(compose_paper(dossier, "evaluation_report", AT))
    assert "Còn 1 trong 12" in said and "Lý do ENT-3" not in said


def test_an_opinion_not_given_is_not_told(dossier, board):
    body = Organisation.objects.create(code="btc", kind="ministry", name_vi="Bộ Tài chính")
    Opinion.objects.create(
        dossier=dossier, party="consulted", authority="x", organisation=body, sent_at=AT,
        text="nháp",
    )  # fmt: skip
    said = say(compose_paper(dossier, "evaluation_report", AT))
    assert "nháp" not in said and "Bộ Tài chính" not in said


def test_the_failure_notice_gives_the_reason_of_every_criterion_not_met(dossier, board, person):
    judge(dossier, person, but=("ENT-3", "PARK-1"))
    paper = compose_paper(dossier, "failure_notice", AT)
    said = say(paper)
    assert "Lý do ENT-3" in said and "Lý do PARK-1" in said and "Lý do INV-1" not in said
    assert paper.addressees == ("Công ty Hạ tầng Ưu Việt",)
    report = say(compose_paper(dossier, "evaluation_report", AT))
    assert "không đạt 2 trong 12 tiêu chí; chưa đủ điều kiện" in report


@pytest.mark.parametrize("slot", ["evaluation_report", "proposal", "decision"])
def test_an_override_is_never_hidden(dossier, board, person, slot):
    judge(dossier, person, but=("ENT-3",))
    row = next(r for r in dossier.snapshots.get(is_current=True).findings if r["leaf"] == "ENT-3")
    Override.objects.create(
        dossier=dossier, leaf="ENT-3", obstacle="not_met", finding_digest=finding_digest(row),
        clause="khoản 3 Điều 37", reason="Theo kết luận liên ngành.", by=person, at=AT,
    )  # fmt: skip
    said = say(compose_paper(dossier, slot, AT))
    assert "Theo kết luận liên ngành." in said and "khoản 3 Điều 37" in said
    assert person.get_full_name() in said
    if slot == "evaluation_report":
        assert "1 tiêu chí theo ngoại lệ pháp lý; đủ điều kiện" in said


def test_the_decision_is_the_committees_for_a_park_and_the_boards_for_an_enterprise(
    dossier, firm_dossier, board
):
    of_park = compose_paper(dossier, "decision", AT)
    assert of_park.header.body == "Ủy ban nhân dân thành phố Hồ Chí Minh"
    assert of_park.signature.authority == "TM. Ủy ban nhân dân"
    assert "05 năm" in say(of_park)
    of_firm = compose_paper(firm_dossier, "decision", AT)
    assert of_firm.header.body == "Ban Quản lý các khu công nghiệp"
    assert of_firm.signature.authority == ""


def test_a_revocation_tells_its_ground_in_the_words_of_the_law(park, board):
    case = open_dossier(
        park, kind="revoke",
        contents={"ground": "b", "ground_reason": "Tỷ lệ còn 12 %.", "evidence": "Biên bản số 3"},
    )  # fmt: skip
    for slot in ("decision", "revocation_notice"):
        said = say(compose_paper(case, slot, AT))
        assert "Không còn đáp ứng tiêu chí" in said and "Tỷ lệ còn 12 %." in said
        assert "Biên bản số 3" in said and "Điều 44" in said
        assert "Thu hồi" in said or "thu hồi" in said


def test_the_request_names_the_bodies_of_the_day_and_their_time(dossier, firm_dossier, board):
    paper = compose_paper(dossier, "opinion_request", AT)
    assert "Bộ Tài chính" in paper.addressees and len(paper.addressees) == 6
    assert "15 ngày kể từ ngày nhận đủ hồ sơ" in say(paper)
    early = dt.datetime(2025, 2, 1, tzinfo=dt.UTC)
    assert "Bộ Kế hoạch và Đầu tư" in compose_paper(dossier, "opinion_request", early).addressees
    assert "7 ngày làm việc" in say(compose_paper(firm_dossier, "opinion_request", AT))


def test_an_answer_says_position_text_and_criteria(dossier, board):
    body = Organisation.objects.create(
        code="sxd", kind="department", name_vi="Sở Xây dựng", province="79"
    )
    opinion = Opinion.objects.create(
        dossier=dossier, party="consulted", authority="x", organisation=body, sent_at=AT,
        position="remarks", text="Cần làm rõ.",
        positions={"PARK-1": {"position": "disagree", "remark": "Thiếu bản đồ"}},
    )  # fmt: skip
    paper = compose_opinion(opinion, AT)
    said = say(paper)
    assert paper.header.body == "Sở Xây dựng" and paper.header.place == "Hồ Chí Minh"
    assert "Đồng ý, có góp ý" in said and "Cần làm rõ." in said and "Thiếu bản đồ" in said


def test_invented_parks_mark_every_paper(dossier):
    Park.objects.update(invented=True)
    dossier.refresh_from_db()
    assert all(compose_paper(dossier, slot, AT).invented for slot in SLOTS)


def test_missing_facts_name_the_page_where_to_report_them(dossier, firm_dossier):
    missing = {one.about: one for one in missing_facts(dossier)}
    assert "item:greenery_ha" not in missing  # zero was reported
    assert "item:investor_phone" not in missing  # confidential is an answer
    assert "item:investor_name" not in missing  # the registry knows the operator
    assert missing["item:roads_ha"].paper == "operation"
    assert missing["item:roads_ha"].url == "/parks/hiep-phuoc/reports/2025/values/roads_ha/"
    assert missing["leaf:PARK-1"].paper == "assessment"
    theirs = {one.about: one for one in missing_facts(firm_dossier)}
    assert theirs["item:recp_applied"].url.endswith("/recp_applied/?enterprise=0300588569")


def test_missing_facts_come_in_the_order_of_the_papers(dossier):
    papers = [one.paper for one in missing_facts(dossier)]
    order = ["letter", "operation", "assessment"]
    assert papers == sorted(papers, key=order.index) and set(papers) == set(order)


def test_missing_facts_cost_two_queries(dossier, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert missing_facts(dossier)


def test_a_paper_costs_few_queries(dossier, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        compose_paper(dossier, "operation", AT)


def test_both_languages_say_different_things_of_the_same_figures(dossier):
    vietnamese = compose_paper(dossier, "operation", AT, "vi")
    english = compose_paper(dossier, "operation", AT, "en")
    assert "at least 1,234.5\u00a0ha" in say(english)
    assert "chưa báo cáo" not in say(english)
    assert len(vietnamese.blocks) == len(english.blocks)
    assert dataclasses.replace(vietnamese, language="en") != english
