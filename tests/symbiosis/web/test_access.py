"""Every address of an enterprise's streams, asked by everybody who should and should not."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from sinhthai.symbiosis.models import Consent, Stream, StreamImport, StreamVersion
from sinhthai.symbiosis.readers.pairs import pair_token

from .conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
YES, GONE = 200, 404
# address -> owner, reader, facilitator, partner, inspector, ministry, stranger, nobody
OUTSIDE = (GONE,) * 5
SEEN = (YES, YES, YES, *OUTSIDE)
KEPT = (YES, GONE, YES, *OUTSIDE)
OWN = (YES, YES, GONE, *OUTSIDE)
TABLE = {
    "symbiosis_streams": SEEN,
    "symbiosis_stream": SEEN,
    "symbiosis_stream_export": SEEN,
    "symbiosis_stream_new": KEPT,
    "symbiosis_stream_edit": KEPT,
    "symbiosis_stream_import": KEPT,
    "symbiosis_stream_import_preview": (YES, *(GONE,) * 7),  # only who uploaded it
    "symbiosis_stream_template": KEPT,
    "symbiosis_stream_profile": KEPT,
    "symbiosis_stream_reported": KEPT,
    "symbiosis_partners": OWN,
    "symbiosis_looks": OWN,
    "symbiosis_look_export": OWN,
    "symbiosis_partner": (YES, *(GONE,) * 7),  # the token is the owner's
    "symbiosis_aggregates": (GONE, GONE, YES, GONE, YES, YES, YES, GONE),
    "symbiosis_aggregate_export": (GONE, GONE, YES, GONE, YES, YES, YES, GONE),
    **dict.fromkeys(
        (
            "symbiosis_materials", "symbiosis_material", "symbiosis_material_export",
            "symbiosis_codes", "symbiosis_code_export", "symbiosis_suggest",
        ),
        (YES,) * 8,
    ),
}  # fmt: skip
ACTS = ("symbiosis_stream_withdraw", "symbiosis_stream_restore", "symbiosis_consent")


@pytest.fixture
def cast(owner, reader, facilitator, partner, inspector, ministry, stranger):
    return (owner, reader, facilitator, partner, inspector, ministry, stranger, None)


@pytest.fixture
def address(power, owner, partner, ash, wish):
    """Where each name leads, for a pair both agreed to."""
    for one, other, person in ((ash, wish, owner), (wish, ash, partner)):
        Consent.objects.create(stream=one, partner_stream=other, answer="yes", by=person, at=AT)
    kept = StreamImport.objects.create(
        enterprise=power, file_name="x.csv", content=b"direction,name,unit,quantity\noffer,Tro bay,t,1\n",
        sha256="0", uploaded_by=owner, uploaded_at=AT,
    )  # fmt: skip
    given = {
        "code": power.code, "pk": ash.pk, "fmt": "csv", "material": "coal-fly-ash",
        "token": pair_token(owner, ash.pk, wish.pk),
    }  # fmt: skip

    def leading(name):
        if name == "symbiosis_stream_import_preview":
            return reverse(name, args=[power.code, kept.pk])
        for parts in (
            ("code", "pk"),
            ("code", "fmt"),
            ("code", "token"),
            ("code",),
            ("fmt",),
            ("material",),
            (),
        ):
            try:
                return reverse(name, kwargs={part: given[part] for part in parts})
            except NoReverseMatch:
                continue
        raise AssertionError(name)

    return leading


def test_each_gets_as_far_as_they_may(sign_in, cast, address):
    wrong = []
    for person, column in zip(cast, range(8), strict=True):
        client = sign_in(person)
        for name, expected in TABLE.items():
            found = client.get(address(name)).status_code
            if found != expected[column]:
                wrong.append(f"{person}: {name} {found}, not {expected[column]}")
    assert wrong == []


def test_acts_are_posts_of_those_who_may(sign_in, cast, address, ash):
    for person in cast:
        client = sign_in(person)
        for name in ACTS:
            assert client.get(address(name)).status_code in (404, 405), name
    allowed = {"power", "office"}
    for person in cast:
        answer = sign_in(person).post(address("symbiosis_stream_withdraw"))
        may = person is not None and person.username in allowed
        assert answer.status_code == (302 if may else 404), person
        ash.refresh_from_db()
        assert (ash.withdrawn_at is not None) == may
        Stream.objects.update(withdrawn_at=None)


def test_nothing_is_written_without_the_proof_of_the_form(owner, address, power):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    versions = StreamVersion.objects.count()
    for name in (
        *ACTS,
        "symbiosis_stream_new",
        "symbiosis_stream_profile",
        "symbiosis_stream_import",
    ):
        assert client.post(address(name), {"take": "x"}).status_code == 403, name
    assert StreamVersion.objects.count() == versions


def test_a_stream_is_not_reached_through_another_enterprise(sign_in, owner, cement, ash, wish):
    client = sign_in(owner)
    assert client.get(f"/enterprises/{cement.code}/streams/{ash.pk}/").status_code == 404
    assert client.get(f"/enterprises/{cement.code}/streams/{wish.pk}/").status_code == 404


def test_a_stranger_cannot_tell_a_stream_that_exists_from_one_that_does_not(
    sign_in, stranger, power, ash
):
    client = sign_in(stranger)
    real = client.get(f"/enterprises/{power.code}/streams/{ash.pk}/")
    imagined = client.get(f"/enterprises/{power.code}/streams/999999/")
    assert real.status_code == imagined.status_code == 404
    # but for the token against forgery, which is another on every page
    assert len(real.content) == pytest.approx(len(imagined.content), abs=8)


def test_pages_take_few_queries(
    sign_in, owner, facilitator, address, django_assert_max_num_queries
):
    for person, column in ((owner, 0), (facilitator, 2)):
        client = sign_in(person)
        for name, expected in TABLE.items():
            if expected[column] == YES:
                client.get(address(name))  # the first look of the day is written down once
                with django_assert_max_num_queries(10, info=name):
                    client.get(address(name))
