"""Both agree before either sees the other; taking it back closes it; the log stays."""

import pytest

from sinhthai.accounts.models import AuditEntry
from sinhthai.symbiosis.models import Consent, Look
from sinhthai.symbiosis.readers.pairs import pair_token

from .conftest import put

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def pair(power, cement, ash, wish, owner, partner):
    """The pair as each side names it."""
    return {
        "mine": pair_token(owner, ash.pk, wish.pk),
        "theirs": pair_token(partner, wish.pk, ash.pk),
    }


def say(client, enterprise, token, answer):
    return client.post(
        f"/enterprises/{enterprise.code}/partners/consent/", {"pair": token, "answer": answer}
    )


def partners(client, enterprise):
    return (
        client.get(f"/enterprises/{enterprise.code}/partners/").content.decode().split("<main")[1]
    )


def detail(client, enterprise, token):
    return client.get(f"/enterprises/{enterprise.code}/partners/{token}/")


def test_only_when_both_said_yes_each_sees_the_other(
    sign_in, owner, partner, power, cement, pair, ash, wish
):
    mine, theirs = sign_in(owner), sign_in(partner)
    assert detail(mine, power, pair["mine"]).status_code == 404
    assert say(mine, power, pair["mine"], "yes").status_code == 302
    assert detail(mine, power, pair["mine"]).status_code == 404
    assert "Bình Minh" not in partners(mine, power)
    waiting = partners(theirs, cement)
    assert "The other side agreed to be named" in waiting
    assert "Ánh Dương" not in waiting

    say(theirs, cement, pair["theirs"], "yes")
    assert "Bình Minh" in partners(mine, power)
    body = detail(mine, power, pair["mine"]).content.decode()
    assert "Bình Minh" in body and "8,000 t" in body
    assert "Ánh Dương" in detail(theirs, cement, pair["theirs"]).content.decode()
    seen = Look.objects.filter(stream=wish, viewer=owner).values_list("as_what", "page")
    assert set(seen) == {("partner", "partners"), ("partner", "partner")}


def test_taking_it_back_closes_both_sides_and_keeps_the_log(
    sign_in, owner, partner, power, cement, pair
):
    mine, theirs = sign_in(owner), sign_in(partner)
    say(mine, power, pair["mine"], "yes")
    say(theirs, cement, pair["theirs"], "yes")
    detail(mine, power, pair["mine"])
    logged = Look.objects.count()
    assert logged
    say(theirs, cement, pair["theirs"], "withdrawn")
    assert detail(mine, power, pair["mine"]).status_code == 404
    assert detail(theirs, cement, pair["theirs"]).status_code == 404
    assert "Bình Minh" not in partners(mine, power)
    assert Look.objects.count() == logged
    answers = list(Consent.objects.order_by("pk").values_list("answer", flat=True))
    assert answers == ["yes", "yes", "withdrawn"]  # appended, nothing overwritten


def test_the_trail_does_not_tell_who_the_partner_is(sign_in, owner, power, cement, pair, wish):
    say(sign_in(owner), power, pair["mine"], "yes")
    entry = AuditEntry.objects.get(action="symbiosis.answer_partner")
    said = f"{entry.summary_vi} {entry.summary_en} {entry.detail}"
    assert "Bình Minh" not in said and cement.code not in said
    assert str(wish.pk) not in said.replace(str(entry.detail["consent"]), "")


def test_the_same_answer_again_adds_nothing(sign_in, owner, power, pair):
    client = sign_in(owner)
    say(client, power, pair["mine"], "withdrawn")  # never given
    assert not Consent.objects.exists()
    say(client, power, pair["mine"], "yes")
    say(client, power, pair["mine"], "yes")
    assert Consent.objects.count() == 1


def test_a_withdrawn_stream_closes_the_pair(sign_in, owner, partner, power, cement, pair, wish):
    mine, theirs = sign_in(owner), sign_in(partner)
    say(mine, power, pair["mine"], "yes")
    say(theirs, cement, pair["theirs"], "yes")
    theirs.post(f"/enterprises/{cement.code}/streams/{wish.pk}/withdraw/")
    assert detail(mine, power, pair["mine"]).status_code == 404
    assert "Bình Minh" not in partners(mine, power)


def test_nobody_answers_for_an_enterprise(
    sign_in, reader, facilitator, partner, stranger, ministry, power, pair
):
    for person in (reader, facilitator, partner, stranger, ministry, None):
        for token in (pair["mine"], pair["theirs"]):
            assert say(sign_in(person), power, token, "yes").status_code == 404
    assert not Consent.objects.exists()


def test_a_forged_token_or_answer_is_no_pair(sign_in, owner, power, pair, ash):
    client = sign_in(owner)
    other = put(power, name="Khác")
    assert say(client, power, "0" * 40, "yes").status_code == 404
    assert say(client, power, pair["mine"], "maybe").status_code == 404
    assert say(client, power, pair_token(owner, ash.pk, other.pk), "yes").status_code == 404
    assert not Consent.objects.exists()
