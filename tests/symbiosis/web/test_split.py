"""The proposed split of the benefit: figures by hand, who is named, what is left out."""

import datetime as dt
import io

import openpyxl
import pytest
from tests.symbiosis.web.conftest import need_of_ash
from tests.symbiosis.web.workbench_cast import carry, open_one

from sinhthai.symbiosis.models import Exchange, Look, Participant
from sinhthai.symbiosis.readers.split import SplitFilter, narrowed, read_split

pytestmark = pytest.mark.django_db
HOME = "/parks/hiep-phuoc/symbiosis/"
DAY = dt.date(2026, 5, 4)


@pytest.fixture
def office(sign_in, facilitator):
    return sign_in(facilitator)


@pytest.fixture
def ash_to_brick(facilitator, park, power, brick):
    """400 million VND a year between the power plant and the brick works."""
    return open_one(facilitator, park, power, brick)


@pytest.fixture
def heat_to_farm(facilitator, park, power):
    """100 million between the power plant and a farm that stands in no register."""
    found = open_one(facilitator, park, power, words="Trại Sáu", title="Hơi nước")
    Exchange.objects.filter(pk=found.pk).update(value_vnd=1e8)
    return found


@pytest.fixture
def unknown(facilitator, park, power, brick):
    found = open_one(facilitator, park, power, brick, title="Nước ngưng")
    Exchange.objects.filter(pk=found.pk).update(value_vnd=None)
    return found


def read(park, show="planned", today=DAY):
    return read_split(park, show=show, today=today)[0]


def by_name(found):
    return {row.party.name.vi: row for row in found.shares}


def test_shares_are_those_computed_by_hand(park, ash_to_brick, heat_to_farm, unknown):
    found = read(park)
    shares = by_name(found)
    power, farm = shares["Nhiệt điện Ánh Dương"], shares["Trại Sáu"]
    assert (found.total, found.exchanges) == (5e8, 2)
    assert power.share == 2.5e8  # half of 400 million and half of 100 million
    assert {row.exchange.pk: part for row, part in power.parts} == {
        ash_to_brick.pk: 2e8,
        heat_to_farm.pk: 5e7,
    }
    assert shares["Gạch Hòa Bình"].share == 2e8
    assert (farm.share, farm.party.enterprise) == (5e7, None)
    assert power.lost == 2.5e8  # brick loses 200 million, the farm 50
    assert farm.lost == 5e7
    assert all(row.holds for row in found.shares)
    assert [(one.row.exchange.pk, one.reason) for one in found.left_out] == [
        (unknown.pk, "unknown")
    ]


def test_a_farm_of_the_same_words_is_one_party(facilitator, park, power, brick, heat_to_farm):
    open_one(facilitator, park, brick, words="trại sáu", title="Khác")
    found = by_name(read(park))
    [farm] = [row for row in found.values() if row.party.enterprise is None]
    assert farm.share == 5e7 + 2e8


def test_planned_and_running_are_never_split_together(
    facilitator, park, ash_to_brick, heat_to_farm
):
    assert read_split(park, show="", today=DAY)[1] == "planned"
    carry(facilitator, ash_to_brick, "implemented")
    running, show = read_split(park, show="", today=DAY)
    assert show == "running"
    assert (running.total, running.exchanges) == (4e8, 1)
    assert read(park).total == 1e8


def test_what_was_dropped_is_not_split(park, ash_to_brick):
    Exchange.objects.update(stage="dropped")
    for show in ("planned", "running"):
        assert not read(park, show).shares
        assert not read(park, show).left_out


def test_who_left_gets_nothing_and_one_alone_is_not_split(park, ash_to_brick, brick):
    Participant.objects.filter(enterprise=brick).update(left_on=DAY)
    assert [one.reason for one in read(park).left_out] == ["alone"]
    before = read(park, today=DAY - dt.timedelta(days=1))
    assert by_name(before)["Gạch Hòa Bình"].share == 2e8


def test_a_partner_of_another_park_is_not_guessed(
    office, facilitator, park, power, brick, ash, cement, ash_to_brick
):
    wish = need_of_ash(cement)
    Exchange.objects.filter(pk=ash_to_brick.pk).update(offer=ash, need=wish)
    assert [one.reason for one in read(park).left_out] == ["unnamed"]
    body = office.get(HOME + "split/?show=planned").content.decode()
    assert cement.name_vi not in body
    assert "a party may not be named yet" in body


def test_a_loss_makes_somebody_object(park, facilitator, power, brick, ash_to_brick, heat_to_farm):
    Exchange.objects.filter(pk=heat_to_farm.pk).update(value_vnd=-1e8)
    found = read(park)
    [circle] = found.objecting
    said = {
        tuple(sorted(party.name.vi for party in one.parties)): one.more for one in circle.objections
    }
    assert said == {
        ("Trại Sáu",): 5e7,
        ("Gạch Hòa Bình", "Nhiệt điện Ánh Dương"): 5e7,
    }


def test_the_page_says_it_is_a_proposal_and_leaves_the_unknown_out(
    office, park, ash_to_brick, heat_to_farm, unknown
):
    body = office.get(HOME + "split/").content.decode()
    assert "The parties decide." in body
    assert "250\u00a0million VND" in body
    assert "Trại Sáu" in body and "outside the register" in body
    assert "Nước ngưng" in body.split('id="left-out"')[1]
    assert "the benefit is not known" in body
    assert "Yes: no group of parties does better without the others." in body


def test_the_page_of_an_exchange_suggests_its_split(office, ash_to_brick, unknown):
    body = office.get(f"{HOME}exchanges/{ash_to_brick.pk}/").content.decode()
    part = body.split('id="split"')[1].split("<h2")[0]
    assert part.count("200\u00a0million VND") == 2
    assert "The parties decide." in part
    body = office.get(f"{HOME}exchanges/{unknown.pk}/").content.decode()
    part = body.split('id="split"')[1].split("<h2")[0]
    assert "the benefit is not known" in part and "million VND" not in part


def test_an_empty_park_is_told_what_to_do(office, park):
    body = office.get(HOME + "split/").content.decode()
    assert "Nothing can be split yet" in body


def test_the_file_adds_up_to_the_shares(office, ash_to_brick, heat_to_farm, unknown):
    content = b"".join(office.get(HOME + "split.xlsx?show=planned"))
    rows = [
        list(row)
        for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    ]
    head = next(row for row in rows if "Party" in row)
    column = {name: at for at, name in enumerate(head)}
    said = rows[rows.index(head) + 1 :]
    part = column["Share of the exchange (VND/yr)"]
    assert sum(row[part] or 0 for row in said) == 5e8
    [left] = [row for row in said if row[part] is None]
    assert left[column["Exchange no."]] == unknown.pk
    assert left[column["Note"]] == "not split: benefit not known"


def test_shares_are_searched_and_sorted(park, ash_to_brick, heat_to_farm):
    rows = read(park).shares
    assert [row.share for row in narrowed(rows, SplitFilter(descending=False))] == [5e7, 2e8, 2.5e8]
    assert [row.party.name.vi for row in narrowed(rows, SplitFilter(words="trai sau"))] == [
        "Trại Sáu"
    ]
    # An exchange names all who take part in it.
    assert len(narrowed(rows, SplitFilter(words="hoi nuoc"))) == 2


def test_only_the_facilitator_gets_in(
    sign_in, facilitator, owner, partner, inspector, ministry, stranger, ash_to_brick
):
    for address in ("split/", "split.xlsx"):
        assert sign_in(facilitator).get(HOME + address).status_code == 200
        for person in (owner, partner, inspector, ministry, stranger, None):
            assert sign_in(person).get(HOME + address).status_code == 404, (person, address)
    assert sign_in(facilitator).get(HOME + "split.exe").status_code == 404


def test_the_looks_at_the_streams_are_logged(office, facilitator, ash, ash_to_brick):
    Exchange.objects.update(offer=ash)
    office.get(HOME + "split/")
    [look] = Look.objects.all()
    assert (look.stream_id, look.page, look.as_what) == (ash.pk, "split", "facilitator")
