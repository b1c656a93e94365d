"""A certificate is issued once, on what was judged, by who may; and what it stands as changes."""

import datetime as dt

import pytest
from django.db import transaction
from tests.certification.certificates.dossiers import (
    AT,
    body_of,
    finding,
    issue,
    judge,
    make_person,
    override,
    ready,
)

from sinhthai.accounts.models import Membership
from sinhthai.certification.actions.certificates import (
    issue_certificate,
    revoke_certificate,
    set_certificate_state,
)
from sinhthai.certification.engine.canonical import canonical, digest
from sinhthai.certification.models import Certificate, CertificateFile, Event
from sinhthai.certification.readers.certificates import verify_shown
from sinhthai.certification.signals import certificate_changed
from sinhthai.foundation.problems import InputError
from sinhthai.rules.bundle import load_bundle

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DAY = dt.timedelta(days=1)


def refused(code):
    return pytest.raises(InputError, check=lambda error: error.problems[0].code == code)


def test_pdf_and_json_as_issued_are_valid(issued):
    for content in (canonical(issued.credential), bytes(issued.file.pdf)):
        verdict = verify_shown(content, AT + DAY)
        assert verdict.outcome == "valid"
        assert verdict.facts.number == issued.number
        assert verdict.entry.digest == issued.digest == digest(issued.credential)


def test_it_says_what_it_rests_on(issued):
    said = issued.credential["credentialSubject"]
    assert said["basis"]["dossierDigest"] == "d" * 64
    assert said["basis"]["assessmentDigest"] == "c" * 64
    assert said["basis"]["rulesHash"] == "a" * 64
    assert said["place"][0]["@value"] == "Thành phố Hồ Chí Minh"
    assert "ENT-3" in said["certificate"]["criteria"]
    assert issued.valid_until == dt.date(2031, 5, 5)
    event = Event.objects.get(kind="certificate.issue")
    assert (event.certificate, event.detail["digest"]) == (issued, issued.digest)


def test_the_legal_day_is_that_of_viet_nam(park, decider, keys):
    evening = dt.datetime(2026, 12, 31, 18, 0, tzinfo=dt.UTC)  # already 2027 in Ha Noi
    made = issue(ready(park), decider, evening)
    assert made.issued_on == dt.date(2027, 1, 1)
    assert made.number == "0001/2027/GCN-KCNST/UBND-79"


def test_numbers_run_by_body_and_year(park, enterprise, decider, board, keys):
    first = issue(ready(park), decider)
    second = issue(ready(park), decider, AT + DAY)
    next_year = issue(ready(park), decider, AT.replace(year=2027))
    of_board = issue(ready(park, enterprise), board)
    assert [one.number for one in (first, second, next_year, of_board)] == [
        "0001/2026/GCN-KCNST/UBND-79",
        "0002/2026/GCN-KCNST/UBND-79",
        "0001/2027/GCN-KCNST/UBND-79",
        "0001/2026/GCN-DNST/BAN-QUAN-LY-79",
    ]


def test_one_dossier_gets_one_certificate(park, decider, keys):
    dossier = ready(park)
    issue(dossier, decider)
    with refused("issued_before"):
        issue(dossier, decider)
    assert Certificate.objects.count() == CertificateFile.objects.count() == 1


def test_a_crash_after_signing_leaves_neither_decision_nor_certificate(park, decider, keys):
    dossier = ready(park)

    class Killed(Exception):
        pass

    def decide():
        with transaction.atomic():
            dossier.state = "certified"
            dossier.save()
            issue(dossier, decider)
            raise Killed

    with pytest.raises(Killed):
        decide()
    dossier.refresh_from_db()
    assert dossier.state == "proposed"
    assert not Certificate.objects.exists()
    assert not Event.objects.filter(kind="certificate.issue").exists()
    assert issue(dossier, decider).number.startswith("0001/")


def test_who_may_not_issue_is_refused(park, enterprise, decider, board, keys):
    with refused("not_the_issuer"):
        issue_certificate(ready(park), board, body_of(board), AT)
    with refused("not_the_issuer"):
        issue_certificate(ready(park, enterprise), decider, body_of(decider), AT)


def test_without_a_key_or_its_passphrase_nothing_is_issued(park, decider, keys, monkeypatch):
    body_of(decider).issuer_keys.update(retired_at=AT)
    with refused("no_signing_key"):
        issue(ready(park), decider)
    body_of(decider).issuer_keys.update(retired_at=None)
    monkeypatch.setenv("SINHTHAI_ISSUER_PASSPHRASE", "một câu khác hẳn câu kia")
    with refused("passphrase_wrong"):
        issue(ready(park), decider)
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("status", ["not_met", "undetermined"])
def test_a_criterion_not_shown_to_be_met_is_in_the_way(park, decider, keys, status):
    dossier = ready(park, statuses={"ENT-3": status})
    with refused("obstacle_not_met"):
        issue(dossier, decider)
    override(dossier, "ENT-3", "not_met", decider)
    made = issue(dossier, decider)
    [shown] = made.credential["credentialSubject"]["certificate"]["overrides"]
    assert (shown["leaf"], shown["by"]) == ("ENT-3", "Người ubnd-79")
    assert "override" in verify_shown(canonical(made.credential), AT).reasons[-1].en


def test_a_criterion_judged_not_met_or_not_at_all_is_in_the_way(park, decider, keys):
    dossier = ready(park)
    judge(dossier, finding(dossier, "INV-1"), met=False)
    with refused("obstacle_not_met"):
        issue(dossier, decider)
    dossier.judgements.filter(leaf="INV-1").update(is_current=False)
    with refused("obstacle_not_judged"):
        issue(dossier, decider)


def test_an_override_or_judgement_of_an_earlier_finding_lifts_nothing(park, decider, keys):
    dossier = ready(park, statuses={"ENT-3": "not_met"})
    override(dossier, "ENT-3", "not_met", decider)
    snapshot = dossier.snapshots.get()
    snapshot.findings = [
        row | ({"upper": 0.1} if row["leaf"] == "ENT-3" else {}) for row in snapshot.findings
    ]
    snapshot.save()
    with pytest.raises(InputError) as error:
        issue(dossier, decider)
    assert [problem.code for problem in error.value.problems] == ["obstacle_not_judged"]


def test_an_unverified_rule_is_in_the_way(park, decider, keys, monkeypatch):
    from dataclasses import replace

    from sinhthai.certification.actions import certificates

    bundle = load_bundle()
    framework = bundle.framework_on("vn-eip", dt.date(2026, 4, 1))
    leaves = tuple(replace(leaf, verified=leaf.id != "PARK-1") for leaf in framework.leaves)
    doubtful = replace(bundle, frameworks=(replace(framework, leaves=leaves),))
    monkeypatch.setattr(certificates, "load_bundle", lambda: doubtful)
    dossier = ready(park)
    with refused("obstacle_unverified"):
        issue(dossier, decider)
    override(dossier, "PARK-1", "unverified", decider)
    assert issue(dossier, decider).state == "valid"


def test_a_criterion_nobody_assessed_is_in_the_way(park, decider, keys):
    dossier = ready(park)
    snapshot = dossier.snapshots.get()
    snapshot.findings = snapshot.findings[1:]
    snapshot.save()
    with pytest.raises(InputError):
        issue(dossier, decider)


def test_re_certification_replaces_the_old_one(park, decider, keys):
    old = issue(ready(park), decider)
    later = AT.replace(year=2031)
    new = issue(ready(park, kind="recertify", about=old), decider, later)
    old.refresh_from_db()
    assert (old.state, old.replaced_by) == ("replaced", new)
    assert new.credential["credentialSubject"]["certificate"]["replaces"] == old.number
    verdict = verify_shown(bytes(old.file.pdf), later)
    assert verdict.outcome == "replaced"
    assert new.number in verdict.reasons[0].vi
    assert verify_shown(bytes(new.file.pdf), later).outcome == "valid"


def test_suspended_lifted_revoked(issued, decider):
    for state, outcome in [("suspended", "suspended"), ("valid", "valid"), ("revoked", "revoked")]:
        set_certificate_state(issued, state, decider, AT + DAY, "Theo kết luận thanh tra")
        assert verify_shown(canonical(issued.credential), AT + DAY).outcome == outcome
    kinds = Event.objects.filter(certificate=issued).values_list("kind", flat=True)
    assert list(kinds)[1:] == ["certificate.suspended", "certificate.valid", "certificate.revoked"]


@pytest.mark.parametrize("after", ["valid", "suspended", "expired", "replaced", "revoked", "x"])
def test_revoked_is_the_end(issued, decider, after):
    revoke_certificate(issued, decider, AT + DAY, "Theo đề nghị của doanh nghiệp")
    with pytest.raises(InputError):
        set_certificate_state(issued, after, decider, AT + DAY, "thử lại")


def test_who_may_not_change_a_certificate_changes_nothing(issued, board, decider):
    reader = make_person("khac", "peoples_committee", "75")
    Membership.objects.create(
        user=reader, organisation=body_of(decider), role=Membership.Role.EDITOR
    )
    for person in (board, reader):
        with refused("not_an_approver"):
            revoke_certificate(issued, person, AT, "không có quyền")
    with refused("no_reason"):
        revoke_certificate(issued, decider, AT, " ")
    issued.refresh_from_db()
    assert issued.state == "valid"


def test_the_successor_of_the_issuer_decides_on_what_it_issued(issued):
    """Provinces merge; who issues for the park today answers for its certificate."""
    successor = make_person("ubnd-moi", "peoples_committee", "79")
    revoke_certificate(issued, successor, AT + DAY, "Vi phạm pháp luật về đất đai")
    event = Event.objects.get(kind="certificate.revoked")
    assert event.organisation == body_of(successor)


def test_the_system_lets_expire_after_the_last_legal_day_and_nothing_else(issued):
    last_evening = dt.datetime(2031, 5, 4, 16, 59, tzinfo=dt.UTC)
    for state, at in [("expired", last_evening), ("revoked", last_evening + DAY)]:
        with refused("system_only_expires"):
            set_certificate_state(issued, state, None, at, "hết hạn")
    set_certificate_state(
        issued, "expired", None, last_evening + dt.timedelta(minutes=1), "Hết thời hạn"
    )
    assert Certificate.objects.get().state == "expired"


def test_the_slices_above_are_told_once_it_is_committed(
    park, decider, keys, django_capture_on_commit_callbacks
):
    heard = []

    def hear(sender, certificate, **rest):
        heard.append((certificate.number, certificate.state))

    certificate_changed.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            made = issue(ready(park), decider)
            revoke_certificate(made, decider, AT + DAY, "Vi phạm")
    finally:
        certificate_changed.disconnect(hear)
    assert heard[0] == (made.number, "valid") or heard[0] == (made.number, "revoked")
    assert heard[-1] == (made.number, "revoked")
    assert len(heard) == 2


def test_a_restored_backup_does_not_mistake_what_was_issued_after_it(park, decider, keys):
    """The store goes back to before a certificate; its number is given again."""
    with transaction.atomic():
        point = transaction.savepoint()
        lost = issue(ready(park), decider)
        lost_files = (canonical(lost.credential), bytes(lost.file.pdf))
        transaction.savepoint_rollback(point)
    again = issue(ready(park), decider, AT + DAY)
    assert again.number == lost.number
    for content in lost_files:
        verdict = verify_shown(content, AT + DAY)
        assert verdict.outcome == "not_registered"
        assert lost.number in verdict.reasons[0].vi
    assert verify_shown(canonical(again.credential), AT + DAY).outcome == "valid"
