"""Who is who in a dossier, and what waits for whom."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from tests.certification.core.world import (
    DAY,
    T,
    consulting,
    evaluating,
    open_issue,
    proposed,
    submitted,
)

from sinhthai.accounts.models import Organisation, User
from sinhthai.certification.actions.dossiers import open_dossier
from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.models import Dossier
from sinhthai.certification.policy import (
    acting_for,
    board_of,
    committee_of,
    dossier_for,
    dossiers_visible,
    duties_visible,
    party_of,
    seats_of,
)

EVERYBODY = (
    "writer", "signer", "reader", "rival", "clerk", "owner", "judge", "head", "chair", "overseer",
    "stranger", "science_ministry", "science_dept",
)  # fmt: skip


def who_sees(world, dossier):
    return {
        name
        for name in EVERYBODY
        if dossiers_visible(world.people[name]).filter(pk=dossier.pk).exists()
    }


def test_a_draft_is_its_applicant_s_alone(world):
    dossier = open_issue(world)
    assert who_sees(world, dossier) == {"writer", "signer", "reader"}
    withdrawn = take_step(
        user=world.signer, dossier=dossier, step="withdraw", at=T + DAY, reason="Thôi."
    )
    assert who_sees(world, withdrawn) == {"writer", "signer", "reader"}


def test_an_adviser_prepares_and_never_signs(world):
    dossier = open_issue(world)
    body = Organisation.objects.create(code="advice", kind="adviser", name_vi="Tư vấn")
    body.scopes.create(kind="park", code=dossier.park.code)
    adviser = User.objects.create(username="adviser")
    adviser.memberships.create(organisation=body, role="approver")
    assert party_of(adviser, dossier) == {"applicant": "editor"}
    assert party_of(world.signer, dossier) == {"applicant": "approver"}


def test_once_sent_the_authorities_and_the_country_see_it(world):
    dossier = submitted(world)
    seen = {"writer", "signer", "reader", "judge", "head", "chair", "overseer"}
    assert who_sees(world, dossier) == seen
    with pytest.raises(Http404):
        dossier_for(world.stranger, dossier.public_id)
    with pytest.raises(Http404):
        dossier_for(AnonymousUser(), dossier.public_id)


def test_of_an_enterprise_neither_the_park_s_office_nor_the_committee_sees_it(world):
    dossier = submitted(world, firm=True)
    assert who_sees(world, dossier) == {"clerk", "owner", "judge", "head", "overseer"}


def test_everybody_is_what_the_procedure_says(world):
    dossier = consulting(world)
    expected = {
        "writer": {"applicant": "editor"}, "signer": {"applicant": "approver"},
        "reader": {"applicant": "viewer"}, "judge": {"receiver": "editor"},
        "head": {"receiver": "approver"}, "chair": {"issuer": "approver"},
        "science_ministry": {"consulted": "approver"}, "recp_body": {"expert": "approver"},
        "overseer": {}, "stranger": {}, "rival": {}, "science_dept": {}, "clerk": {},
    }  # fmt: skip
    assert {name: party_of(world.people[name], dossier) for name in expected} == expected
    of_firm = submitted(world, firm=True)
    assert party_of(world.head, of_firm) == {"receiver": "approver", "issuer": "approver"}
    assert acting_for(world.head, of_firm, "issuer") == world.bodies["board"]
    assert acting_for(world.chair, of_firm, "issuer") is None


def test_a_person_signed_out_or_switched_off_is_nobody(world):
    dossier = submitted(world)
    User.objects.filter(pk=world.head.pk).update(is_active=False)
    gone = User.objects.get(pk=world.head.pk)
    for nobody in (gone, AnonymousUser()):
        assert seats_of(nobody) == [] and not dossiers_visible(nobody).exists()
        assert not duties_visible(nobody).exists() and party_of(nobody, dossier) == {}


def test_the_key_of_the_house_reads_and_decides_nothing(world):
    dossier = submitted(world)
    root = User.objects.create_superuser("root", password="x" * 12)
    assert dossiers_visible(root).filter(pk=dossier.pk).exists()
    assert party_of(root, dossier) == {}


def test_the_authorities_of_a_park_are_found_by_its_province(world):
    assert board_of(world.park) == world.bodies["board"]
    assert committee_of(world.park) == world.bodies["committee"]


def waiting(world, dossier):
    return {
        name
        for name in EVERYBODY
        if duties_visible(world.people[name]).filter(dossier=dossier).exists()
    }


def test_a_dossier_waits_for_the_one_whose_turn_it_is(world):
    dossier = open_issue(world)
    assert waiting(world, dossier) == {"writer", "signer", "reader"}
    evaluated = evaluating(make_other(world, dossier))
    assert waiting(world, evaluated) == {"judge", "head"}


def make_other(world, dossier):
    take_step(user=world.signer, dossier=dossier, step="withdraw", at=T, reason="Mở lại.")
    return world


def test_at_the_committee_it_waits_for_the_committee(world):
    assert waiting(world, proposed(world)) == {"chair"}


def test_during_the_consultation_it_waits_for_the_bodies_and_the_board(world):
    assert waiting(world, consulting(world)) == {"judge", "head", "science_ministry"}


def test_a_revocation_is_prepared_without_its_holder_until_the_notice(issuing):
    from tests.certification.core.world import certified

    first = certified(issuing)
    case = open_dossier(
        user=issuing.judge, kind="revoke", park=issuing.park, on=T.date(), year=2025,
        at=T + 9 * DAY, about=first.certificate,
    )  # fmt: skip
    assert who_sees(issuing, case) == {"judge", "head", "chair", "overseer"}
    case.contents = {"ground": "a", "ground_reason": "Xả thải."}
    case.save(update_fields=["contents"])
    take_step(user=issuing.head, dossier=case, step="propose", at=T + 10 * DAY)
    assert "signer" not in who_sees(issuing, case)
    take_step(user=issuing.chair, dossier=case, step="notify_holder", at=T + 11 * DAY)
    assert {"writer", "signer", "reader"} <= who_sees(issuing, case)
    case = take_step(
        user=issuing.chair, dossier=Dossier.objects.get(pk=case.pk), step="revoke",
        at=T + 12 * DAY, reason="Vi phạm.",
    )  # fmt: skip
    first.certificate.refresh_from_db()
    assert case.state == "revoked" and first.certificate.state == "revoked"


def test_the_lists_ask_few_questions(world):
    dossier = consulting(world)
    for name in ("signer", "head", "science_ministry", "overseer"):
        person = User.objects.get(pk=world.people[name].pk)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert list(dossiers_visible(person)) == [dossier]
            list(duties_visible(person))
        assert len(asked) <= 4
