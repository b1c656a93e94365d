"""Keys of the authorities: one at a time, locked at rest, rotated, revoked, exported."""

import stat

import pytest
from tests.certification.certificates.dossiers import AT, body_of, issue, make_person, ready
from typer.testing import CliRunner

from sinhthai.certification.actions.issuer import (
    active_key,
    create_key,
    open_key,
    passphrase,
    revoke_key,
    rotate_key,
)
from sinhthai.certification.engine.canonical import canonical, parse
from sinhthai.certification.engine.issuers import read_issuers
from sinhthai.certification.engine.status import read_register
from sinhthai.certification.models import Event, IssuerKey
from sinhthai.certification.readers.certificates import verify_shown
from sinhthai.certification.readers.register import signed_file
from sinhthai.foundation.problems import InputError
from sinhthai.site.cli import _add_commands, app

pytestmark = pytest.mark.django_db
LATER = AT.replace(month=6)


@pytest.fixture(scope="module")
def run():
    if not app.registered_groups:
        _add_commands()
    runner = CliRunner()
    return lambda *words: runner.invoke(app, [str(word) for word in words])


def refused(code):
    return pytest.raises(InputError, check=lambda error: error.problems[0].code == code)


def test_the_first_key_brings_that_of_the_register(decider, passphrase):
    key = create_key(body_of(decider), at=AT)
    assert active_key(body_of(decider)) == key
    assert active_key(None).purpose == "register"
    assert "ENCRYPTED" in key.private_pem
    assert Event.objects.filter(kind="issuer.create").count() == 2


def test_one_key_at_a_time_and_only_for_who_issues(decider, passphrase):
    create_key(body_of(decider), at=AT)
    with refused("key_in_use"):
        create_key(body_of(decider), at=AT)
    with refused("key_in_use"):
        create_key(None, at=AT)
    with refused("not_an_issuer"):
        create_key(body_of(make_person("bo", "ministry", "01")), at=AT)


def test_what_a_rotated_key_signed_stays_valid(park, decider, keys):
    old = issue(ready(park), decider)
    key = rotate_key(body_of(decider), at=LATER)
    assert key.did != old.key.did
    assert open_key(IssuerKey.objects.get(pk=old.key_id))  # never deleted
    new = issue(ready(park), decider, LATER)
    assert new.key == key
    for certificate in (old, new):
        assert verify_shown(canonical(certificate.credential), LATER).is_valid
    with refused("no_signing_key"):
        rotate_key(body_of(make_person("ubnd-75", "peoples_committee", "75")), at=LATER)


def test_of_a_stolen_key_only_what_is_listed_counts(issued):
    key = revoke_key(issued.key.did, reason="Mất máy ký", at=LATER)
    assert key.revoked_reason == "Mất máy ký"
    assert active_key(issued.issuer) is None
    assert verify_shown(canonical(issued.credential), LATER).is_valid
    with refused("key_revoked_before"):
        revoke_key(key.did, reason="lần nữa", at=LATER)
    with refused("no_such_key"):
        revoke_key("did:key:z6Mk", reason="x", at=LATER)
    with refused("no_reason"):
        revoke_key(active_key(None).did, reason=" ", at=LATER)


def test_the_passphrase_is_made_for_its_owner_only(monkeypatch, settings, tmp_path):
    monkeypatch.delenv("SINHTHAI_ISSUER_PASSPHRASE", raising=False)
    settings.HOME = tmp_path
    with refused("no_passphrase"):
        passphrase()
    made = passphrase(create=True)
    file = tmp_path / "issuer-passphrase"
    assert len(made) >= 32
    assert passphrase() == passphrase(create=True) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    with refused("passphrase_open"):
        passphrase()


def test_the_signed_files_follow_what_happens(issued, decider):
    from sinhthai.certification.actions.certificates import revoke_certificate

    trusted = read_issuers(parse(signed_file("issuers", AT)))
    register = read_register(parse(signed_file("status", AT)), trusted)
    assert register.entries[issued.digest].state == "valid"
    assert signed_file("status", AT) == signed_file("status", AT)
    revoke_certificate(issued, decider, LATER, "Vi phạm")
    register = read_register(parse(signed_file("status", LATER)), trusted)
    assert register.entries[issued.digest].state == "revoked"


# -- on the command line --------------------------------------------------------------------------


def test_create_list_rotate_revoke(run, decider, passphrase):
    assert run("issuer", "list").exit_code == 1
    assert run("issuer", "create", "ubnd-79").exit_code == 0
    again = run("issuer", "create", "ubnd-79", "--lang", "en")
    assert again.exit_code == 2
    assert "sinhthai issuer rotate ubnd-79" in again.output
    assert run("issuer", "rotate", "ubnd-79").exit_code == 0
    did = active_key(body_of(decider)).did
    assert run("issuer", "revoke", did, "--reason", "Mất máy ký").exit_code == 0
    listed = run("issuer", "list")
    assert listed.exit_code == 0
    assert did in listed.output
    for wrong in (["create", "khong-co"], ["create"], ["create", "ubnd-79", "--register"]):
        assert run("issuer", *wrong).exit_code == 2


def test_verify_offline_with_exported_files(run, issued, tmp_path):
    assert run("issuer", "export", tmp_path).exit_code == 0
    files = ["--issuers", tmp_path / "issuers.json", "--status", tmp_path / "status.json"]
    for name, content in [
        ("c.json", canonical(issued.credential)),
        ("c.pdf", bytes(issued.file.pdf)),
    ]:
        shown = tmp_path / name
        shown.write_bytes(content)
        day = ["--today", "2026-06-01"]
        valid = run("verify", shown, *files, *day)
        assert valid.exit_code == 0, valid.output
        assert "Có hiệu lực" in valid.output
        assert issued.number in valid.output
        expired = run("verify", shown, *files, "--today", "2031-05-05", "--lang", "en")
        assert (expired.exit_code, "Expired" in expired.output) == (1, True)
        alone = run("verify", shown, *files[:2], *day, "--lang", "en")
        assert (alone.exit_code, "not asked" in alone.output) == (0, True)
        shown.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert run("verify", shown, *files, *day).exit_code in (1, 2)
        assert run("verify", shown, *files, *day).exit_code == 1


def test_verify_by_the_store_and_as_json(run, issued, tmp_path):
    import json

    shown = tmp_path / "c.json"
    shown.write_bytes(canonical(issued.credential))
    done = run("verify", shown, "--today", "2026-06-01", "--format", "json", "--lang", "en")
    assert done.exit_code == 0
    said = json.loads(done.output)
    assert (said["outcome"], said["certificate"]["number"]) == ("valid", issued.number)


@pytest.mark.django_db(transaction=True)
def test_verify_online_asks_the_register_of_an_address(run, issued, decider, live_server, tmp_path):
    from sinhthai.certification.actions.certificates import revoke_certificate

    shown = tmp_path / "c.pdf"
    shown.write_bytes(bytes(issued.file.pdf))
    words = ["verify", shown, "--register", live_server.url, "--today", "2026-06-01"]
    assert run(*words).exit_code == 0
    revoke_certificate(issued, decider, LATER, "Vi phạm")
    done = run(*words, "--lang", "en")
    assert (done.exit_code, "Revoked" in done.output) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        ["khong-co.pdf"],
        ["{file}", "--today", "hôm nay"],
        ["{file}", "--format", "xml"],
        ["{file}", "--status", "{file}"],
        ["{file}", "--issuers", "{file}"],
        ["{file}", "--register", "http://example.org"],
        ["{file}", "--register", "https://x", "--issuers", "{file}"],
        ["{text}"],
    ],
)
def test_bad_input_is_exit_code_2_with_a_cure(run, issued, tmp_path, words):
    file, text = tmp_path / "c.json", tmp_path / "c.txt"
    file.write_bytes(canonical(issued.credential))
    text.write_text("xin chào")
    done = run("verify", *(word.format(file=file, text=text) for word in words))
    assert done.exit_code == 2
    assert "→" in done.output
