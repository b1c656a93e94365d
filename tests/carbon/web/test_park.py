"""The sum of a park: nothing twice, nobody's draft to who may not see it, the unknown unknown."""

from dataclasses import replace

import pytest

from sinhthai.carbon.actions.activities import Given
from sinhthai.carbon.actions.inventories import choose_settings
from sinhthai.carbon.engine.model import Settings
from sinhthai.carbon.readers.park import MemberFilter, choose_members, open_park
from tests.carbon.web.conftest import AT, POWER, locked, put

URL = "/parks/hiep-phuoc/carbon/"
STEAM = Given(
    "heat", "steam", 10_000.0, "GJ", scope=2, category="anthracite", from_park=True,
    parameters={"efficiency": 0.8},
)  # fmt: skip


def test_what_the_park_sells_counts_once(park, dairy, steel, operation):
    put(operation), put(dairy, STEAM), put(steel, POWER)
    found = open_park(park, "working").sum_of(2023, "AR5", draws=500)
    assert [a.subject for a in found.found.inside] == [dairy.code]
    assert found.found.by_scope[2].known == pytest.approx(1318.4)
    assert found.found.whole.known == pytest.approx(
        found.found.by_scope[1].known + found.found.by_scope[2].known
    )
    low, _middle, high = found.found.drawn.percentiles[-1]
    assert low < found.found.whole.known < high
    assert found.is_known


def test_steam_of_a_park_that_reports_nothing_is_counted_at_the_buyer(park, dairy, steel):
    put(dairy, STEAM), put(steel, POWER)
    found = open_park(park, "working").sum_of(2023, "AR5")
    assert [a.subject for a in found.found.unmatched] == [dairy.code]
    assert found.found.by_subject[dairy.code].known > 1000


def test_an_enterprise_without_figures_leaves_the_total_unknown(park, dairy, steel, operation):
    put(operation), put(dairy)
    found = open_park(park, "working").sum_of(2023, "AR5")
    assert [one.subject.code for one in found.missing] == [steel.code]
    assert not found.is_known
    put(steel, replace(POWER, quantity=None))
    found = open_park(park, "working").sum_of(2023, "AR5")
    assert found.missing == ()
    assert not found.is_known


def test_the_published_counts_as_published_and_the_rest_as_drafts(park, dairy, steel):
    put(dairy)
    locked(dairy)
    put(dairy, POWER)  # entered after it was locked
    put(steel, POWER)
    working = open_park(park, "working").sum_of(2023, "AR5")
    states = {one.subject.code: one.state for one in working.members}
    assert states == {dairy.code: "locked", steel.code: "draft"}
    assert working.found.by_subject[dairy.code].known < 1400
    only = open_park(park, "locked").sum_of(2023, "AR5")
    assert [one.subject.code for one in only.missing] == [steel.code]
    assert only.found.whole.known == pytest.approx(working.found.by_subject[dairy.code].known)


def test_one_set_of_potentials_weighs_the_whole_sum(park, dairy):
    put(dairy)
    choose_settings(
        dairy, 2023, Settings(gwp="AR6"), treats_waste=False, waste_t=None, at=AT, by=None
    )
    one = locked(dairy)
    book = open_park(park, "locked")
    assert book.sum_of(2023, "AR6").found.whole.known == pytest.approx(one.co2e_t)
    assert book.sum_of(2023, "AR5").other_gwp == (dairy.code,)


def test_members_are_searched_filtered_and_sorted(park, dairy, steel):
    put(dairy)
    found = open_park(park, "working").sum_of(2023, "AR5")

    def names(**asked):
        return [one.subject.code for one in choose_members(found, MemberFilter(**asked), "vi")]

    assert names() == [dairy.code, steel.code]
    assert names(words="thep") == [steel.code]
    assert names(state="missing") == [steel.code]
    assert names(sort="name", descending=True) == [steel.code, dairy.code]
    assert names(sort="co2e") == names(sort="co2e", descending=True) == [dairy.code, steel.code]


def test_the_office_sees_drafts_the_board_only_what_is_locked(
    park, dairy, steel, office, board, signed_in
):
    put(dairy), put(steel, POWER)
    page = signed_in(office).get(URL).content.decode()
    assert "Sữa Đại Phát" in page
    assert "1,318.4" in page
    board_page = signed_in(board).get(URL).content.decode()
    assert "No inventory is locked yet." in board_page
    assert "1,318.4" not in board_page
    locked(dairy)
    board_page = signed_in(board).get(URL + "?basis=working").content.decode()
    assert "1,318.4" not in board_page  # the draft of the other stays unseen
    assert "not known" in board_page
    export = signed_in(board).get(URL + "export.xlsx?basis=working")
    assert export.status_code == 200


def test_strangers_and_enterprises_find_no_sum(dairy, editor, stranger, signed_in):
    put(dairy)
    for person in (editor, stranger, None):
        assert signed_in(person).get(URL).status_code == 404
        assert signed_in(person).get(URL + "export.xlsx").status_code == 404
    other = signed_in(stranger)
    for path in ("", "new/", "2023/lines/1/", "export.xlsx", "import/", "2023/lock/"):
        assert other.get("/enterprises/0300588569/carbon/" + path).status_code == 404


def test_the_sum_comes_as_a_file_and_a_picture(dairy, office, signed_in):
    put(dairy)
    client = signed_in(office)
    for fmt, start in (("xlsx", b"PK"), ("svg", b"<svg"), ("png", b"\x89PNG")):
        assert client.get(f"{URL}export.{fmt}").content.startswith(start)
    assert client.get(URL + "?year=1999").status_code == 404
    assert client.get(URL + "?gwp=AR9&sort=nonsense&page=99").status_code == 200
