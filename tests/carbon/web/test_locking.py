"""Locking: who may, what stays, and how a recalculation explains itself."""

from dataclasses import replace

import pytest
from django.http import Http404

from sinhthai.carbon.actions.activities import change_activity, withdraw_activity
from sinhthai.carbon.actions.inventories import choose_settings, lock_inventory
from sinhthai.carbon.engine.model import Settings
from sinhthai.carbon.models import ActivityRow, Inventory, Kept
from sinhthai.carbon.readers import inventory as readers
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.problems import InputError
from tests.carbon.web.conftest import AT, COAL, POWER, ROLE, locked, make_person, put

HOME = "/enterprises/0300588569/carbon/"


def change(subject, given, line="1", by=None):
    row = ActivityRow.objects.select_related("park", "enterprise").get(line=line, is_current=True)
    return change_activity(row, given, expected=row.pk, at=AT, by=by)


def test_an_approver_locks_what_another_entered(dairy, editor, approver, signed_in):
    put(dairy, by=editor)
    client = signed_in(approver)
    page = client.get(HOME + "2023/lock/")
    digest = page.context["digest"]
    answer = client.post(HOME + "2023/lock/", {"digest": digest})
    assert answer.status_code == 302
    one = Inventory.objects.get()
    assert (one.version, one.locked_by, one.co2e_t) == (1, approver, pytest.approx(1321.35, abs=1))
    assert client.post(HOME + "2023/lock/", {"digest": digest}).status_code == 409  # twice is once
    assert Inventory.objects.count() == 1


def test_nobody_locks_their_own_work_nor_without_the_role(dairy, editor, approver, office):
    put(dairy, by=approver)
    with pytest.raises(InputError, match="You entered part"):
        locked(dairy, by=approver)
    for person in (editor, office):  # the office helps, it does not publish for an enterprise
        with pytest.raises(Http404):
            locked(dairy, by=person)
    assert not Inventory.objects.exists()


def test_who_chose_the_settings_does_not_lock(dairy, approver):
    put(dairy)
    choose_settings(
        dairy, 2023, Settings(gwp="AR6"), treats_waste=False, waste_t=None, at=AT, by=approver
    )
    with pytest.raises(InputError, match="You entered part"):
        locked(dairy, by=approver)


def test_what_moved_since_it_was_looked_at_is_not_locked(dairy, approver):
    put(dairy)
    seen = readers.open_book(dairy, drafts=True).drafts[2023].digest
    put(dairy, POWER)
    with pytest.raises(InputError, match="changed after you opened"):
        lock_inventory(dairy, 2023, expected=seen, at=AT, by=approver)


def test_a_line_that_cannot_be_computed_locks_nothing(dairy, approver, signed_in):
    put(dairy, POWER, year=2024)
    with pytest.raises(InputError, match="no factor"):
        locked(dairy, year=2024, by=approver)
    assert "nothing can be locked" in signed_in(approver).get(HOME + "2024/lock/").content.decode()


def test_locked_rows_cannot_change(dairy):
    put(dairy)
    one = locked(dairy)
    one.reason = "other"
    for act in (
        one.save,
        one.delete,
        lambda: Inventory.objects.filter(pk=one.pk).update(reason="other"),
        Inventory.objects.all().delete,
    ):
        with pytest.raises(Kept):
            act()
    assert Inventory.objects.get().reason == ""


def test_a_later_factor_never_moves_what_is_locked(dairy, editor, signed_in, monkeypatch):
    put(dairy), put(dairy, POWER)
    before = locked(dairy)
    tables = load_factors()
    later = replace(
        tables,
        factors=[
            replace(factor, value=factor.value * 1.1)
            if factor.activity == "electricity" and factor.quantity == "emission"
            else factor
            for factor in tables.factors
        ],
        hash="another",
    )
    for module in (
        "sinhthai.carbon.readers.inventory", "sinhthai.carbon.actions.inventories",
        "sinhthai.carbon.readers.park", "sinhthai.carbon.views.inventory",
    ):  # fmt: skip
        monkeypatch.setattr(f"{module}.load_factors", lambda: later)
    book = readers.open_book(dairy, drafts=True)
    assert book.published(2023).whole.co2e_t == pytest.approx(before.co2e_t)
    assert book.drafts[2023].whole.co2e_t == pytest.approx(before.co2e_t + 131.84)
    page = signed_in(editor).get(f"{HOME}?year=2023&version=1").content.decode()
    assert "newer tables exist" in page
    again = locked(dairy, reason="Hệ số lưới điện mới.")
    assert again.version == 2
    assert again.difference["changes"] == [["2", "electricity", "CO2", "factor", 131_840_000]]


def test_a_recalculation_needs_a_reason_and_explains_every_part(dairy, approver, signed_in):
    put(dairy), put(dairy, POWER)
    first = locked(dairy)
    with pytest.raises(InputError, match="are those of version 1"):
        locked(dairy, by=approver, reason="Vì thích.")
    change(dairy, replace(COAL, quantity=550.0))
    withdraw_activity(ActivityRow.objects.get(line="2"), at=AT, by=None)
    with pytest.raises(InputError, match="reason of the recalculation is missing"):
        locked(dairy, by=approver)
    client = signed_in(approver)
    page = client.get(HOME + "2023/lock/")
    assert "Quantity changed" in page.content.decode()
    form = {"digest": page.context["digest"], "reason": "Cân lại kho than."}
    assert client.post(HOME + "2023/lock/", form).status_code == 302
    second = Inventory.objects.get(version=2)
    moved = second.difference
    assert {change[3] for change in moved["changes"]} == {"quantity", "removed"}
    assert sum(change[4] for change in moved["changes"]) == moved["after"] - moved["before"]
    assert (moved["after"] - moved["before"]) / 1e6 == pytest.approx(
        second.co2e_t - first.co2e_t, abs=1e-5
    )
    assert "Cân lại kho than." in client.get(HOME + "?year=2023&version=2").content.decode()
    assert "1,318.4" in client.get(HOME + "?year=2023&version=1").content.decode()


def test_another_set_of_potentials_is_explained_as_such(dairy):
    put(dairy)
    locked(dairy)
    choose_settings(
        dairy, 2023, Settings(gwp="AR6"), treats_waste=False, waste_t=None, at=AT, by=None
    )
    again = locked(dairy, reason="Bộ GWP mới.")
    assert {change[3] for change in again.difference["changes"]} == {"gwp"}
    assert Inventory.objects.get(version=1).data["settings"]["gwp"] == "AR5"


def test_the_board_reads_what_is_locked_and_no_draft(dairy, board, signed_in):
    put(dairy)
    client = signed_in(board)
    assert "No inventory is locked yet." in client.get(HOME).content.decode()
    assert client.get(HOME + "2023/lines/1/").status_code == 404
    locked(dairy)
    put(dairy, POWER)
    page = client.get(HOME).content.decode()
    assert "version 1" in page
    assert "Grid electricity" not in page
    assert client.get(HOME + "2023/lines/1/").status_code == 200
    assert client.get(HOME + "2023/lines/2/").status_code == 404
    assert client.get(HOME + "new/").status_code == 404


def test_settings_are_kept_by_year_and_said(dairy, editor, signed_in):
    put(dairy, POWER, year=2024)
    client = signed_in(editor)
    form = {"gwp": "AR6", "policy": "ipcc2006", "last_published": "on", "treats_waste": "on"}
    assert client.post(HOME + "2024/settings/", form).status_code == 302
    page = client.get(HOME).content.decode()
    assert "AR6" in page
    assert "the last one (2023) is used" in page
    assert "at least 0.0 t" in page  # waste treated, not known how much
    assert client.post(HOME + "2024/settings/", {"gwp": "AR9"}).status_code == 400
    assert client.get(HOME + "1066/settings/").status_code == 404


def test_only_own_approvers_find_the_page_that_locks(dairy, approver, signed_in):
    put(dairy)
    viewer = make_person("viewer", "enterprise", "enterprise", dairy.code, ROLE.VIEWER)
    assert signed_in(viewer).get(HOME + "2023/lock/").status_code == 404
    assert signed_in(None).get(HOME + "2023/lock/").status_code == 404
    assert signed_in(approver).get(HOME + "2023/lock/").status_code == 200
    assert signed_in(approver).get(HOME + "2022/lock/").status_code == 404
