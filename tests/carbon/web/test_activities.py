"""Entering, changing, withdrawing, importing and taking over activities."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from sinhthai.accounts.models import AuditEntry
from sinhthai.carbon.actions import activities as actions
from sinhthai.carbon.actions.activities import Given
from sinhthai.carbon.actions.imports import undo_file
from sinhthai.carbon.actions.reported import take_reported
from sinhthai.carbon.engine.model import Activity
from sinhthai.carbon.models import ActivityImport, ActivityRow
from sinhthai.carbon.workbook import write_template
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.models import Record
from tests.carbon.web.conftest import AT, COAL, POWER, put

HOME = "/enterprises/0300588569/carbon/"
FORM = {
    "year": "2023", "what": "anthracite", "category": "manufacturing", "scope": "1",
    "quantity": "1,5", "unit": "t", "note": "Hóa đơn",
}  # fmt: skip


def current():
    return ActivityRow.objects.filter(is_current=True, is_withdrawn=False)


def test_a_person_enters_an_activity_in_their_own_way_of_writing(dairy, editor, signed_in):
    client = signed_in(editor, "vi")
    answer = client.post(HOME + "new/?kind=stationary", FORM)
    assert answer.status_code == 302
    row = ActivityRow.objects.get()
    assert (row.quantity, row.unit, row.line, row.author) == (1.5, "t", "1", editor)
    entry = AuditEntry.objects.get(action="carbon.add_activity")
    assert "1,5" not in entry.summary_vi
    assert client.get(HOME).status_code == 200


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        ("stationary", {"unit": "MWh", "quantity": "x"}, "x"),
        ("stationary", {"quantity": "-5"}, "Give zero or more."),
        ("stationary", {"what": "plutonium"}, "plutonium"),
        ("stationary", {"p_oxidation": "98"}, "between 0 and 1"),
        ("stationary", {"year": "1990"}, "2010"),
        ("stationary", {"year": "2999"}, "2026"),
        (
            "wastewater",
            {"what": "wastewater", "unit": "m3", "category": ""},
            "Choose the category.",
        ),
        (
            "wastewater",
            {"what": "wastewater", "unit": "m3", "category": "aerobic"},
            "needs its COD",
        ),
        ("heat", {"what": "steam", "unit": "t", "scope": "2", "category": "diesel"}, "enthalpy"),
        ("other", {"what": "Thép", "category": "1", "scope": "3"}, "needs a factor of its own"),
    ],
)
def test_broken_input_says_what_and_writes_nothing(dairy, editor, signed_in, kind, changes, said):
    answer = signed_in(editor).post(f"{HOME}new/?kind={kind}", FORM | changes)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not ActivityRow.objects.exists()


def test_each_kind_asks_only_its_own(dairy, editor, signed_in):
    client = signed_in(editor)
    power = client.get(HOME + "new/?kind=electricity").content.decode()
    assert "t/MWh" in power
    assert "p_cod" not in power
    assert "kWh" in power
    water = client.get(HOME + "new/?kind=wastewater").content.decode()
    assert "p_cod" in water
    assert "kWh" not in water


def test_an_electricity_row_can_be_entered_for_a_year_whose_factor_is_not_out_yet(
    dairy, editor, signed_in
):
    form = {"year": "2024", "scope": "2", "quantity": "10", "unit": "MWh", "what": "electricity"}
    assert signed_in(editor).post(HOME + "new/?kind=electricity", form).status_code == 302


def test_a_change_is_a_new_row_and_the_old_one_stays(dairy, editor, signed_in):
    row = put(dairy)
    client = signed_in(editor)
    form = FORM | {"quantity": "510", "version": row.pk}
    assert client.post(HOME + "2023/lines/1/edit/", form).status_code == 302
    assert list(ActivityRow.objects.order_by("pk").values_list("quantity", "is_current")) == [
        (500.0, False),
        (510.0, True),
    ]
    page = client.get(HOME + "2023/lines/1/").content.decode()
    assert "<del>500</del>" in page


def test_two_people_at_once_the_second_is_told(dairy, editor, signed_in):
    row = put(dairy)
    client = signed_in(editor)
    form = FORM | {"version": row.pk}
    client.post(HOME + "2023/lines/1/edit/", form | {"quantity": "510"})
    answer = client.post(HOME + "2023/lines/1/edit/", form | {"quantity": "520"})
    assert answer.status_code == 409
    assert "Somebody changed this line" in answer.content.decode()
    assert current().get().quantity == 510.0


def test_a_double_click_changes_once(dairy, editor):
    row = put(dairy)
    same = actions.change_activity(row, COAL, expected=row.pk, at=AT, by=editor)
    assert same.pk == row.pk
    for _ in range(2):
        actions.withdraw_activity(row, at=AT, by=editor)
    assert ActivityRow.objects.count() == 2
    for _ in range(2):
        actions.restore_activity(row, at=AT, by=editor)
    assert ActivityRow.objects.count() == 3
    assert current().count() == 1


def test_withdrawing_and_restoring_in_the_browser(dairy, editor, signed_in):
    put(dairy), put(dairy, POWER)
    client = signed_in(editor)
    client.post(HOME + "2023/lines/1/withdraw/")
    assert current().count() == 1
    assert "withdrawn" in client.get(HOME + "2023/lines/1/").content.decode()
    client.post(HOME + "2023/lines/1/restore/")
    assert current().count() == 2


def test_a_line_never_takes_a_number_that_was_used(dairy, editor):
    row = put(dairy)
    actions.withdraw_activity(row, at=AT, by=editor)
    assert put(dairy).line == "2"


def test_strangers_and_the_board_write_nothing(dairy, stranger, board):
    for person in (stranger, board):
        with pytest.raises(Http404):
            put(dairy, by=person)


def test_the_office_of_the_park_helps_an_enterprise(dairy, office, signed_in):
    answer = signed_in(office).post(HOME + "new/?kind=stationary", FORM)
    assert answer.status_code == 302
    assert ActivityRow.objects.get().author == office


COALS = Activity(
    "", 2023, "1", "stationary", "anthracite", 510.0, "t", category="manufacturing", note="x"
)
BILLS = Activity("", 2023, "2", "electricity", "electricity", 900.0, "MWh", scope=2)


def workbook(*activities):
    return write_template(load_factors(), "en", activities=activities)


def upload(client, content):
    sent = SimpleUploadedFile("hoat-dong.xlsx", content)
    return client.post(HOME + "import/", {"file": sent})


def test_a_workbook_is_previewed_applied_once_and_undone(dairy, editor, signed_in):
    put(dairy)
    client = signed_in(editor)
    preview = upload(client, workbook(COALS, BILLS))["Location"]
    page = client.get(preview).content.decode()
    assert "Apply 2 lines" in page
    assert "<del>500</del> → <ins>510</ins>" in page
    assert current().count() == 1  # nothing is written yet
    assert client.post(preview).status_code == 302
    assert sorted(current().values_list("quantity", flat=True)) == [510.0, 900.0]
    assert client.post(preview).status_code == 409  # a double click applies once
    assert ActivityRow.objects.count() == 3
    assert client.post(preview + "undo/").status_code == 302
    assert list(current().values_list("quantity", flat=True)) == [500.0]
    client.post(preview + "undo/")
    assert ActivityRow.objects.count() == 5


def test_what_stands_is_given_as_a_workbook_and_read_again_the_same(dairy, editor, signed_in):
    put(dairy), put(dairy, POWER)
    client = signed_in(editor)
    content = client.get(HOME + "template.xlsx?year=2023").content
    page = client.get(upload(client, content)["Location"]).content.decode()
    assert "The file says what stands already." in page


def test_a_file_does_not_apply_over_what_changed_since_its_preview(dairy, editor, signed_in):
    row = put(dairy)
    client = signed_in(editor)
    preview = upload(client, workbook(COALS))["Location"]
    more = Given(**{name: getattr(COAL, name) for name in actions.CONTENT} | {"quantity": 1.0})
    actions.change_activity(row, more, expected=row.pk, at=AT, by=editor)
    answer = client.post(preview)
    assert answer.status_code == 409
    assert current().get().quantity == 1.0


def test_a_file_whose_line_was_changed_since_is_not_undone(dairy, editor, signed_in):
    client = signed_in(editor)
    client.post(upload(client, workbook(COALS))["Location"])
    actions.withdraw_activity(current().get(), at=AT, by=editor)
    with pytest.raises(InputError, match="cannot be undone whole"):
        undo_file(ActivityImport.objects.get(), by=editor, at=AT)


def test_a_file_of_another_enterprise_or_park_is_refused(dairy, editor, signed_in):
    client = signed_in(editor)
    other = Activity("Người khác", 2023, "1", "stationary", "anthracite", 1.0, "t")
    page = client.get(upload(client, workbook(other))["Location"])
    assert "This line is of" in page.content.decode()
    assert client.post(page.wsgi_request.path).status_code == 409
    assert not ActivityRow.objects.exists()


def test_what_is_no_workbook_is_refused_and_not_kept(dairy, editor, signed_in):
    client = signed_in(editor)
    assert upload(client, b"no workbook").status_code == 400
    assert client.post(HOME + "import/").status_code == 400
    assert not ActivityImport.objects.exists()


@pytest.fixture
def reported(dairy, park):
    Record.objects.create(
        park=park, enterprise=dairy.enterprise, year=2023, recorded_at=AT,
        values={"electricity_used_kwh": 1_000_000.0, "oil_used_t": 12.0},
    )  # fmt: skip


def test_oil_is_not_one_fuel(dairy, editor, reported, signed_in):
    with pytest.raises(InputError, match="Which fuel"):
        take_reported(dairy, {(2023, "oil_used_t"): ""}, at=AT, by=editor)
    assert not ActivityRow.objects.exists()
    client = signed_in(editor)
    assert "Residual fuel oil" in client.get(HOME + "reported/").content.decode()
    form = {
        "take": ["2023.electricity_used_kwh", "2023.oil_used_t"],
        "what.2023.oil_used_t": "fuel-oil",
    }
    assert client.post(HOME + "reported/", form).status_code == 302
    rows = current().order_by("line")
    assert {(row.what, row.origin, row.item) for row in rows} == {
        ("electricity", "reported", "electricity_used_kwh"),
        ("fuel-oil", "reported", "oil_used_t"),
    }
    client.post(HOME + "reported/", form)  # twice is once
    assert ActivityRow.objects.count() == 2
    assert "from the report" in client.get(HOME).content.decode()
