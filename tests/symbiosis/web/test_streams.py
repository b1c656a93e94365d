"""An enterprise enters, changes, withdraws and loads its streams; nothing is overwritten."""

import dataclasses
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl.utils import get_column_letter

from sinhthai.accounts.models import AuditEntry
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.models import Record
from sinhthai.symbiosis.actions import streams as actions
from sinhthai.symbiosis.engine.codes import load_codes
from sinhthai.symbiosis.engine.given import StreamGiven, check_stream
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.stream_columns import BY_KEY, COLUMNS
from sinhthai.symbiosis.models import Stream, StreamImport, StreamVersion

from .conftest import ASH, AT, put

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
FORM = {
    "direction": "offer", "name": "Tro bay nồi hơi", "material": "", "code": "ewc:100102",
    "quantity": "3.150,5", "quantity_min": "", "quantity_max": "", "unit": "t", "year": "",
    "months": [str(month) for month in range(12)], "state": "solid", "hazard": "TT",
    "sorted": "yes", "price": "-50000", "note": "",
}  # fmt: skip


def base(power):
    return f"/enterprises/{power.code}/streams/"


def test_an_empty_list_says_what_to_do_first(sign_in, owner, power):
    body = sign_in(owner).get(base(power)).content.decode()
    assert "No stream is entered yet." in body
    for way in ("profile/", "new/", "import/", "reported/"):
        assert f'href="{base(power)}{way}"' in body


def test_a_person_enters_a_stream_in_their_own_units_and_it_is_known_for_what_it_is(
    sign_in, owner, power
):
    sent = FORM | {
        "quantity": "3150500",
        "unit": "kg",
        "q0-parameter": "moisture",
        "q0-low": "",
        "q0-high": "1,5",
    }
    answer = sign_in(owner).post(base(power) + "new/", sent)
    assert answer.status_code == 302
    version = StreamVersion.objects.get()
    assert version.material == "coal-fly-ash"  # by its name and code
    assert (version.quantity, version.unit) == (3150.5, "t")
    assert version.price == -50000 * 1000  # given per kg
    assert version.quality == {"moisture": [None, 1.5]}
    assert version.author == owner
    entry = AuditEntry.objects.get(action="symbiosis.add_stream")
    assert "tro" not in entry.summary_vi.lower()  # province and country read the trail


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Write the usual name"),
        ({"direction": ""}, "Say whether you give it or ask for it."),
        ({"code": "ewc:999999"}, "The code “ewc:999999” is not in the lists."),
        ({"code": "100102"}, "The code “100102” is not in the lists."),
        ({"material": "no-such"}, "The list has no material “no-such”."),
        ({"material": "coal-fly-ash", "unit": "m3"}, "Coal fly ash is counted by mass (t); m³ is a unit of volume."),
        ({"quantity": "50 kWh"}, "cannot be converted"),
        ({"quantity": "nhiều"}, "is not a number"),
        ({"quantity": "-5"}, "A quantity is a number that is not negative."),
        ({"quantity": "0", "direction": "need"}, "The need is zero."),
        ({"quantity": "", "quantity_min": "9", "quantity_max": "5"}, "The range is upside down"),
        ({"quantity": "9", "quantity_max": "5"}, "The quantity lies outside its range."),
        ({"months": []}, "Choose the months"),
        ({"q0-parameter": "moisture", "q0-low": "9", "q0-high": "2"}, "the low end is above the high"),
        ({"q0-parameter": "moisture", "q0-low": "", "q0-high": ""}, "there is no value"),
        ({"q0-parameter": "", "q0-low": "3", "q0-high": ""}, "choose the parameter"),
        ({"q0-parameter": "gold", "q0-low": "3", "q0-high": ""}, "There is no parameter “gold”."),
    ],
)  # fmt: skip
def test_bad_input_is_told_beside_its_field_and_nothing_is_written(
    sign_in, owner, power, changes, words
):
    answer = sign_in(owner).post(base(power) + "new/", FORM | {"quantity": "3150"} | changes)
    assert answer.status_code == 400
    assert words in answer.content.decode().replace("&#x27;", "'")
    assert not Stream.objects.exists()


def test_what_is_wrong_is_said_in_vietnamese_too(sign_in, owner, power):
    answer = sign_in(owner, "vi").post(base(power) + "new/", FORM | {"code": "ewc:999999"})
    assert "Không có mã “ewc:999999” trong danh mục." in answer.content.decode()


def test_the_same_stream_twice_is_asked_about_and_can_be_meant(sign_in, owner, power, ash):
    client = sign_in(owner)
    answer = client.post(base(power) + "new/", FORM | {"name": "TRO BAY nồi  hơi"})
    assert answer.status_code == 400
    assert "The same stream twice?" in answer.content.decode()
    assert Stream.objects.count() == 1
    meant = client.post(base(power) + "new/", FORM | {"keep_both": "on"})
    assert meant.status_code == 302
    assert Stream.objects.count() == 2


def edited(version, **changes):
    return FORM | {"version": str(version.pk), "quantity": "3150"} | changes


def test_an_edit_appends_a_version_and_the_history_shows_what_changed(sign_in, owner, power, ash):
    client = sign_in(owner)
    first = ash.versions.get()
    url = f"{base(power)}{ash.pk}/"
    answer = client.post(url + "edit/", edited(first, quantity="4000", price=""))
    assert answer.status_code == 302
    assert ash.versions.count() == 2
    assert ash.versions.get(is_current=True).quantity == 4000
    body = client.get(url).content.decode()
    assert "<del>3,150</del> → <ins>4,000</ins>" in body


def test_of_two_people_at_once_the_second_sees_a_clear_conflict(
    sign_in, owner, facilitator, power, ash
):
    first = ash.versions.get()
    url = f"{base(power)}{ash.pk}/edit/"
    assert sign_in(owner).post(url, edited(first, quantity="4000")).status_code == 302
    late = sign_in(facilitator).post(url, edited(first, quantity="5000"))
    body = late.content.decode()
    assert late.status_code == 409
    assert "Somebody else changed this stream" in body
    assert "Người power" in body and "4,000" in body and 'value="5000"' in body
    assert ash.versions.get(is_current=True).quantity == 4000


def test_confirming_an_estimate_makes_it_entered(sign_in, owner, power):
    stream = put(power, origin="profile", price=None)
    client = sign_in(owner)
    assert "estimated" in client.get(base(power)).content.decode()
    version = stream.versions.get()
    answer = client.post(
        f"{base(power)}{stream.pk}/edit/", edited(version, price="", material=ASH.material)
    )
    assert answer.status_code == 302
    now = stream.versions.get(is_current=True)
    assert (now.origin, now.quantity) == ("entered", 3150)
    assert "confirmed" in AuditEntry.objects.latest("pk").summary_en


def test_saying_the_same_again_adds_nothing(power, ash):
    version = ash.versions.get()
    given = actions.given_of(version)
    same = actions.change_stream(ash, given, expected=version.pk, at=AT, by=None)
    assert same.pk == version.pk
    assert ash.versions.count() == 1


def test_a_withdrawal_can_be_undone_and_twice_is_once(sign_in, owner, power, ash):
    client = sign_in(owner)
    url = f"{base(power)}{ash.pk}/"
    for _ in range(2):
        assert client.post(url + "withdraw/").status_code == 302
    assert AuditEntry.objects.filter(action="symbiosis.withdraw_stream").count() == 1
    assert "Tro bay" not in client.get(base(power)).content.decode().split("<main")[1]
    assert "Tro bay" in client.get(base(power), {"withdrawn": "1"}).content.decode()
    client.post(url + "restore/")
    assert "Tro bay" in client.get(base(power)).content.decode()


def test_the_list_is_searched_without_diacritics_filtered_sorted_and_paged(sign_in, owner, power):
    for number in range(55):
        put(power, name=f"Dòng {number:02}", quantity=float(number + 1))
    put(power, name="Xỉ đáy", material="coal-bottom-ash", code="", quantity=None)
    client = sign_in(owner)
    found = client.get(base(power), {"q": "xi day"})
    assert [row.name for row in found.context["rows"]] == ["Xỉ đáy"]
    assert "not stated" in found.content.decode()  # unknown is no zero
    assert len(client.get(base(power)).context["rows"]) == 50
    last = client.get(base(power), {"sort": "-quantity", "q": "dong"}).context["rows"][0]
    assert last.quantity == 55
    assert not client.get(base(power), {"direction": "need"}).context["rows"]


def test_the_exported_list_says_what_is_estimated_and_loads_back_unchanged(sign_in, owner, power):
    put(power, quality={"moisture": (None, 1.5)}, months=0b111)
    put(power, name="Xỉ đáy", material="coal-bottom-ash", code="", origin="profile", quantity=None)
    client = sign_in(owner)
    for fmt in ("xlsx", "csv"):
        content = client.get(f"{base(power)}export.{fmt}").content
        answer = client.post(
            base(power) + "import/", {"file": SimpleUploadedFile(f"list.{fmt}", content)}
        )
        assert answer.status_code == 302, answer.content.decode()
        page = client.get(answer.headers["Location"])
        assert page.context["counts"] == {"new": 0, "changed": 0, "same": 2, "refused": 0}, fmt
    book = openpyxl.load_workbook(BytesIO(client.get(f"{base(power)}export.xlsx").content))
    cells = [cell.value for row in book.active.iter_rows() for cell in row]
    assert "yes" in cells  # the column Estimated


def workbook(client, power, *rows):
    """Fill the template as a person does in Excel."""
    book = openpyxl.load_workbook(BytesIO(client.get(base(power) + "template.xlsx").content))
    sheet = book.worksheets[0]
    assert {cell.value for cell in sheet[1]} >= {BY_KEY["direction"].name.en}, "headings first"
    heads = {cell.value: cell.column for cell in sheet[1]}
    for at, row in enumerate(rows, start=2):
        for head, value in row.items():
            sheet.cell(at, heads[BY_KEY[head].name.en]).value = value
    saved = BytesIO()
    book.save(saved)
    return SimpleUploadedFile("list.xlsx", saved.getvalue())


LINE = {"direction": "offer", "name": "Tro bay nồi hơi", "quantity": 3150, "unit": "t"}


def test_a_list_is_previewed_then_applied_as_a_whole_and_audited(sign_in, owner, power, ash):
    client = sign_in(owner)
    fresh = {"direction": "need", "name": "Nước làm mát", "quantity": 900, "unit": "m³"}
    sent = workbook(client, power, LINE | {"quantity": 5000, "code": "ewc:100102"}, fresh)
    answer = client.post(base(power) + "import/", {"file": sent})
    preview = client.get(answer.headers["Location"])
    assert preview.context["counts"] == {"new": 1, "changed": 1, "same": 0, "refused": 0}
    assert "<del>3,150</del> → <ins>5,000</ins>" in preview.content.decode()
    assert StreamVersion.objects.count() == 1  # nothing is written before it is applied
    assert client.post(answer.headers["Location"]).status_code == 302
    assert ash.versions.get(is_current=True).quantity == 5000
    assert Stream.objects.count() == 2
    again = client.post(answer.headers["Location"])
    assert "This list was applied already." in again.content.decode()
    assert AuditEntry.objects.filter(action="symbiosis.import_streams").count() == 1


def test_every_problem_of_a_list_is_told_by_cell_and_nothing_is_kept(sign_in, owner, power):
    client = sign_in(owner)
    sent = workbook(
        client, power,
        LINE | {"code": "ewc:999999"},
        LINE | {"name": "Xỉ", "quantity_min": 9, "quantity_max": 5, "quantity": None},
        LINE | {"name": "Bùn", "unit": "giờ"},
    )  # fmt: skip
    answer = client.post(base(power) + "import/", {"file": sent})
    body = answer.content.decode()
    assert answer.status_code == 400
    for key, row in (("code", 2), ("quantity_min", 3), ("unit", 4)):
        assert f" · {get_column_letter(COLUMNS.index(BY_KEY[key]) + 1)}{row}</b>" in body, key
    assert not StreamImport.objects.exists()


def test_lines_of_others_and_twins_are_refused_and_nothing_is_applied(sign_in, owner, power):
    client = sign_in(owner)
    sent = workbook(
        client, power, LINE, LINE | {"quantity": 7}, LINE | {"name": "Xỉ", "enterprise": "Xi măng X"}
    )  # fmt: skip
    answer = client.post(base(power) + "import/", {"file": sent})
    if answer.status_code == 302:
        page = client.get(answer.headers["Location"])
        assert page.context["counts"]["refused"] == 2
        assert client.post(answer.headers["Location"]).status_code == 409
        assert "of another enterprise" in page.content.decode()
    else:
        assert answer.status_code == 400
    assert not Stream.objects.exists()


def test_a_preview_the_store_has_moved_under_is_not_applied(sign_in, owner, power, ash):
    client = sign_in(owner)
    sent = workbook(client, power, LINE | {"quantity": 5000})
    url = client.post(base(power) + "import/", {"file": sent}).headers["Location"]
    version = ash.versions.get()
    changed = dataclasses.replace(actions.given_of(version), quantity=1.0)
    actions.change_stream(ash, changed, expected=version.pk, at=AT, by=None)
    answer = client.post(url)
    assert answer.status_code == 409
    assert "A stream changed since the preview" in answer.content.decode()
    assert ash.versions.get(is_current=True).quantity == 1.0


def test_what_is_typical_of_the_industry_is_taken_marked_as_estimated(sign_in, owner, power):
    client = sign_in(owner)
    page = client.get(base(power) + "profile/")
    keys = [row.key for row, *_ in page.context["rows"]]
    assert "offer:coal-fly-ash" in keys
    client.post(base(power) + "profile/", {"take": ["offer:coal-fly-ash", "offer:no-such"]})
    version = StreamVersion.objects.get()
    assert (version.material, version.origin) == ("coal-fly-ash", "profile")
    body = client.get(base(power)).content.decode()
    assert 'class="tag estimated"' in body
    again = client.get(base(power) + "profile/").context["rows"]
    assert not next(row for row, *_ in again if row.key == "offer:coal-fly-ash").can_be_taken


def test_the_report_gives_what_it_states_with_its_year_and_not_what_it_does_not(
    sign_in, owner, power
):
    Record.objects.create(
        park=power.park, enterprise=power, year=2025, recorded_at=timezone.now(),
        values={"electricity_used_kwh": 1_250_000, "gas_used_m3": 9000, "employees": 40},
    )  # fmt: skip
    client = sign_in(owner)
    page = client.get(base(power) + "reported/")
    rows = {row.key: row for row, *_ in page.context["rows"]}
    assert set(rows) == {"electricity_used_kwh", "gas_used_m3"}
    assert not rows["gas_used_m3"].can_be_taken  # which gas is not stated
    client.post(base(power) + "reported/", {"take": list(rows)})
    version = StreamVersion.objects.get()
    assert (version.quantity, version.unit, version.year) == (1250.0, "MWh", 2025)
    assert version.origin == "reported"


def test_the_facilitator_may_enter_for_the_enterprise_and_is_the_author(
    sign_in, facilitator, power
):
    assert sign_in(facilitator).post(base(power) + "new/", FORM).status_code == 302
    assert StreamVersion.objects.get().author == facilitator


def test_the_check_tells_every_problem_at_once():
    wrong = StreamGiven("both", "", "kg", code="xyz", quantity=-1.0, months=0)
    found = check_stream(wrong, load_knowledge(), load_codes())
    assert {field for field, _ in found} == {
        "direction",
        "name",
        "unit",
        "code",
        "quantity",
        "months",
    }
    assert all(problem.message.vi != problem.message.en for _, problem in found)


def test_a_hazard_below_what_the_material_is_known_for_is_a_warning_only(power):
    nasty = next(one for one in load_knowledge().materials.values() if one.hazard == "NH")
    given = StreamGiven("offer", "X", nasty.unit, material=nasty.id, hazard="TT")
    [(field, problem)] = check_stream(given, load_knowledge(), load_codes())
    assert (field, problem.severity) == ("hazard", "warning")
    assert actions.add_stream(power, given, at=AT, by=None).pk


def test_an_action_checks_what_it_is_given(power):
    with pytest.raises(InputError):
        put(power, quantity=-1.0)
    assert not Stream.objects.exists()
