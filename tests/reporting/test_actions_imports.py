"""Upload, preview, apply, undo: what is recorded, when, and what never is."""

import threading
from io import BytesIO

import openpyxl
import pytest
from django.db import close_old_connections, connection

from sinhthai.accounts.models import AuditEntry
from sinhthai.foundation.problems import InputError
from sinhthai.reporting import actions
from sinhthai.reporting.engine.workbook import Stated
from sinhthai.reporting.models import Batch, Record, Report
from sinhthai.reporting.preview import change_rows
from sinhthai.reporting.standing import standing

from .conftest import NOW, YEAR, later

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


AN_HOUR_LATER = later(hours=1)


def upload(park, user, content, at=AN_HOUR_LATER, name="hp.xlsx"):
    return actions.upload_workbook(
        user=user, park=park, year=YEAR, file_name=name, content=content, at=at
    )


def codes(error):
    return [problem.code for problem in error.value.problems]


def value_of(park, item, enterprise="", **how):
    return standing(park, YEAR, **how)[enterprise][item].content


def cell_at(content, place):
    """Return the cell of the uploaded file that a record names as its origin."""
    sheet, cell = place.split("!")
    return openpyxl.load_workbook(BytesIO(content))[sheet][cell]


def test_an_upload_records_nothing_but_shows_what_it_would(park, dairy, owner, fill):
    content = fill({"greenery_ha": 41.5}, {dairy.code: {"recp_applied": True}})

    batch = upload(park, owner, content)

    assert batch.state == Batch.State.PREVIEW
    assert (batch.counts["new"], batch.counts["conflict"], batch.counts["refused"]) == (2, 0, 0)
    assert Record.objects.count() == 0
    rows, total = change_rows(batch, kind="", page=1, language="vi")
    assert total == 2
    assert [(row.kind, row.subject, row.uploaded) for row in rows] == [
        ("new", "", "41,5"),
        ("new", dairy.code, "Có"),
    ]
    assert rows[0].cell.startswith("KCN · Park!")


def test_applying_records_one_row_per_subject_with_cells_and_source(park, dairy, owner, fill):
    content = fill(
        {"greenery_ha": Stated(30.0, "at_least"), "worker_housing_solution": True},
        {dairy.code: {"recp_applied": Stated(absence="confidential")}},
    )
    batch = upload(park, owner, content)

    actions.apply_batch(user=owner, batch=batch, at=later(hours=2))

    own, one = Record.objects.order_by("enterprise_id")
    if own.enterprise_id:
        own, one = one, own
    assert own.values == {"greenery_ha": 30.0, "worker_housing_solution": True}
    assert own.qualifiers == {"greenery_ha": "at_least"}
    assert own.source == "hp.xlsx"
    assert own.author == owner
    assert "30" in str(cell_at(content, own.cells["greenery_ha"]).value)
    told = cell_at(content, one.cells["recp_applied"])
    assert told.value is not None
    assert dairy.code in [cell.value for cell in told.parent[told.row]]
    assert one.absences == {"recp_applied": "confidential"}
    assert one.enterprise == dairy
    batch.refresh_from_db()
    assert (batch.state, batch.applied_by) == (Batch.State.APPLIED, owner)
    assert AuditEntry.objects.filter(action="reporting.apply_import").count() == 1


def test_the_same_workbook_downloaded_again_says_nothing_new(park, owner, fill):
    first = upload(park, owner, fill({"greenery_ha": 41.5}))
    actions.apply_batch(user=owner, batch=first, at=later(hours=2))

    again = upload(park, owner, fill(at=later(hours=3)), at=later(hours=4))

    assert (again.counts["new"], again.counts["changed"], again.counts["conflict"]) == (0, 0, 0)
    with pytest.raises(InputError) as error:
        actions.apply_batch(user=owner, batch=again, at=later(hours=5))
    assert codes(error) == ["batch-empty"]


def test_an_identical_file_already_applied_is_recognised(park, owner, fill):
    content = fill({"greenery_ha": 41.5})
    first = upload(park, owner, content)
    actions.apply_batch(user=owner, batch=first, at=later(hours=2))

    with pytest.raises(InputError) as error:
        upload(park, owner, content, at=later(hours=3), name="renamed.xlsx")

    assert codes(error) == ["same-file"]
    assert "14/02/2026" in error.value.problems[0].message.vi
    assert f"no. {first.pk}" in error.value.problems[0].message.en


def test_an_identical_file_waiting_is_previewed_once(park, owner, fill):
    content = fill({"greenery_ha": 41.5})
    assert upload(park, owner, content).pk == upload(park, owner, content).pk
    assert Batch.objects.count() == 1


def test_a_value_changed_since_the_download_is_a_conflict(park, owner, colleague, fill):
    actions.set_value(
        user=owner, park=park, year=YEAR, item="greenery_ha", value=40.0, at=later(minutes=-9)
    )
    content = fill({"greenery_ha": 41.5})
    actions.set_value(
        user=colleague, park=park, year=YEAR, item="greenery_ha", value=43.0, at=later(minutes=9)
    )

    batch = upload(park, owner, content)

    assert (batch.counts["conflict"], batch.counts["changed"]) == (1, 0)
    (row,), _total = change_rows(batch, kind="conflict", page=1, language="en")
    assert (row.was, row.stored, row.uploaded) == ("40", "43", "41.5")
    with pytest.raises(InputError) as error:
        actions.apply_batch(user=owner, batch=batch, at=later(hours=2))
    assert codes(error) == ["batch-conflicts"]
    assert value_of(park, "greenery_ha") == (43.0, "", "")
    actions.apply_batch(user=owner, batch=batch, at=later(hours=3), take_conflicts=True)
    assert value_of(park, "greenery_ha") == (41.5, "", "")


def test_a_change_still_being_written_at_the_download_is_a_conflict_too(
    park, owner, colleague, fill
):
    """It carries a time before the download, but the workbook could not show it."""
    actions.set_value(
        user=owner, park=park, year=YEAR, item="greenery_ha", value=40.0, at=later(minutes=-9)
    )
    content = fill({"greenery_ha": 41.5})
    actions.set_value(
        user=colleague, park=park, year=YEAR, item="greenery_ha", value=43.0, at=later(minutes=-1)
    )

    batch = upload(park, owner, content)

    assert (batch.counts["conflict"], batch.counts["changed"]) == (1, 0)


def test_who_applies_second_has_to_look_again(park, owner, colleague, fill):
    mine = upload(park, owner, fill({"greenery_ha": 41.5}))
    theirs = upload(park, colleague, fill({"greenery_ha": 43.0}))
    actions.apply_batch(user=owner, batch=mine, at=later(hours=2))

    with pytest.raises(InputError) as error:
        actions.apply_batch(user=colleague, batch=theirs, at=later(hours=3), take_conflicts=True)

    assert codes(error) == ["batch-moved"]
    theirs.refresh_from_db()
    assert theirs.state == Batch.State.PREVIEW
    assert theirs.counts["conflict"] == 1
    assert value_of(park, "greenery_ha") == (41.5, "", "")
    actions.apply_batch(user=colleague, batch=theirs, at=later(hours=4), take_conflicts=True)
    assert value_of(park, "greenery_ha") == (43.0, "", "")


def test_a_second_click_on_apply_does_nothing(park, owner, fill):
    batch = upload(park, owner, fill({"greenery_ha": 41.5}))
    actions.apply_batch(user=owner, batch=batch, at=later(hours=2))

    with pytest.raises(InputError) as error:
        actions.apply_batch(user=owner, batch=batch, at=later(hours=2))

    assert codes(error) == ["batch-state"]
    assert Record.objects.count() == 1


def test_undoing_brings_back_what_stood_and_keeps_later_imports(park, owner, fill):
    first = upload(park, owner, fill({"greenery_ha": 41.5, "roads_ha": 20}), name="1.xlsx")
    actions.apply_batch(user=owner, batch=first, at=later(hours=2))
    content = fill({"roads_ha": 22}, at=later(hours=3))
    second = upload(park, owner, content, at=later(hours=4), name="2.xlsx")
    actions.apply_batch(user=owner, batch=second, at=later(hours=5))

    actions.revert_batch(user=owner, batch=first, at=later(hours=6))

    told = AuditEntry.objects.get(action="reporting.revert_import")
    assert (told.actor, told.at, told.park_code) == (owner, later(hours=6), park.code)
    assert told.object_code == f"{first.pk}" and "1.xlsx" in told.summary_vi
    assert "greenery_ha" not in standing(park, YEAR)[""]
    assert value_of(park, "roads_ha") == (22.0, "", "")
    assert value_of(park, "greenery_ha", known_at=later(hours=5)) == (41.5, "", "")
    assert value_of(park, "roads_ha", known_at=later(hours=3)) == (20.0, "", "")
    with pytest.raises(InputError) as error:
        actions.revert_batch(user=owner, batch=first, at=later(hours=7))
    assert codes(error) == ["batch-state"]


def test_a_file_with_a_wrong_cell_is_previewed_but_never_applied(park, owner, fill):
    content = fill({"greenery_ha": -5.0, "roads_ha": 12})

    batch = upload(park, owner, content)

    assert batch.counts["refused"] == 1
    (kept,) = batch.problems
    assert kept["sheet"] == "KCN · Park"
    assert kept["cell"]
    assert kept["vi"] != kept["en"]
    with pytest.raises(InputError) as error:
        actions.apply_batch(user=owner, batch=batch, at=later(hours=2))
    assert codes(error) == ["batch-errors"]
    assert Record.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"MZ an executable", b"PK\x03\x04 cut off"])
def test_what_is_no_workbook_leaves_nothing(park, owner, content):
    with pytest.raises(InputError) as error:
        upload(park, owner, content)
    assert error.value.problems[0].cure.vi
    assert Batch.objects.count() == 0


def test_the_workbook_of_another_year_is_refused(park, owner, fill):
    with pytest.raises(InputError) as error:
        upload(park, owner, fill({"greenery_ha": 1}, year=2024))
    assert Batch.objects.count() == 0
    assert "2024" in str(error.value)


def test_a_file_over_the_limit_is_refused(park, owner, settings):
    settings.SINHTHAI_UPLOAD_MAX_BYTES = 2**20
    with pytest.raises(InputError) as error:
        upload(park, owner, b"x" * (2**20 + 1))
    assert "1 MB" in error.value.problems[0].message.vi


def test_a_discarded_upload_cannot_be_applied(park, owner, fill):
    batch = upload(park, owner, fill({"greenery_ha": 41.5}))
    actions.discard_batch(user=owner, batch=batch, at=later(hours=2))
    with pytest.raises(InputError):
        actions.apply_batch(user=owner, batch=batch, at=later(hours=3))
    assert Record.objects.count() == 0


def test_who_may_not_report_is_refused_by_the_action_itself(park, viewer, inspector, fill):
    content = fill({"greenery_ha": 41.5})
    for user in (viewer, inspector):
        with pytest.raises(InputError) as error:
            upload(park, user, content)
        assert codes(error) == ["no-right"]


def test_listeners_hear_of_changed_facts_after_the_commit(
    park, owner, fill, django_capture_on_commit_callbacks
):
    heard = []

    def hear(sender, park, **kwargs):
        heard.append(park.code)

    actions.facts_changed.connect(hear)
    try:
        batch = upload(park, owner, fill({"greenery_ha": 41.5}))
        assert heard == []
        with django_capture_on_commit_callbacks(execute=True):
            actions.apply_batch(user=owner, batch=batch, at=later(hours=2))
        with django_capture_on_commit_callbacks(execute=True):
            actions.revert_batch(user=owner, batch=batch, at=later(hours=3))
    finally:
        actions.facts_changed.disconnect(hear)
    assert heard == ["hiep-phuoc", "hiep-phuoc"]


def test_a_failure_half_way_leaves_nothing(park, owner, fill, monkeypatch):
    from sinhthai.reporting.actions import imports

    batch = upload(park, owner, fill({"greenery_ha": 41.5}))

    def cut_off(*args, **kwargs):
        raise OSError("power cut")

    monkeypatch.setattr(imports, "reopen", cut_off)
    with pytest.raises(OSError, match="power cut"):
        actions.apply_batch(user=owner, batch=batch, at=later(hours=2))

    batch.refresh_from_db()
    assert batch.state == Batch.State.PREVIEW
    assert Record.objects.count() == 0


def test_a_state_of_last_year_still_holds_and_is_not_recorded_again(park, owner, fill):
    actions.set_value(
        user=owner, park=park, year=2024, item="greenery_ha", value=40.0, at=later(days=-30)
    )
    batch = upload(park, owner, fill({"roads_ha": 12}))
    assert (batch.counts["new"], batch.counts["same"]) == (1, 1)
    actions.apply_batch(user=owner, batch=batch, at=later(hours=2))
    assert standing(park, YEAR)[""]["greenery_ha"].origin.year == 2024


def test_applying_opens_an_approved_report_again(park, owner, inspector, fill):
    batch = upload(park, owner, fill({"greenery_ha": 41.5}))
    actions.apply_batch(user=owner, batch=batch, at=later(hours=2))
    report = Report.objects.get(park=park, year=YEAR)
    actions.submit_report(user=owner, report=report, at=later(hours=3))
    actions.approve_report(user=inspector, report=report, at=later(hours=4))

    actions.revert_batch(user=owner, batch=batch, at=later(hours=5))

    report.refresh_from_db()
    assert report.state == Report.State.DRAFT


@pytest.mark.django_db(transaction=True)
def test_two_people_applying_at_once_cannot_both_win(park, owner, colleague, fill):
    mine = upload(park, owner, fill({"greenery_ha": 41.5}))
    theirs = upload(park, colleague, fill({"greenery_ha": 43.0}))
    start, outcomes = threading.Barrier(2), []

    def click(user, batch):
        try:
            start.wait(timeout=10)
            actions.apply_batch(user=user, batch=batch, at=later(hours=2))
            outcomes.append("applied")
        except InputError as error:
            outcomes.append(error.problems[0].code)
        finally:
            close_old_connections()
            connection.close()

    clicks = [
        threading.Thread(target=click, args=pair) for pair in ((owner, mine), (colleague, theirs))
    ]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join(timeout=60)

    assert sorted(outcomes) == ["applied", "batch-moved"]
    assert Record.objects.count() == 1


def test_the_time_of_an_import_is_what_the_caller_says(park, owner, fill):
    batch = upload(park, owner, fill({"greenery_ha": 41.5}), at=NOW)
    assert batch.uploaded_at == NOW
