"""``sinhthai serve`` and ``sinhthai migrate``."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from typer.testing import CliRunner

from sinhthai.site import serve


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_a_taken_port_is_said_with_a_way_out(taken_port, capsys):
    import typer

    with pytest.raises(typer.Exit) as stopped:
        serve.run("127.0.0.1", taken_port)
    assert stopped.value.exit_code == 2
    words = capsys.readouterr().err
    assert f"Port {taken_port}" in words
    assert f"--port {taken_port + 1}" in words


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_the_address_can_be_typed_into_a_browser(host, address):
    assert serve.address_of(host, 8000) == address


def test_a_store_that_is_up_to_date_is_left_alone(db):
    assert serve.prepare_store() is False


def test_the_first_page_and_the_first_why_find_their_work_done(db):
    from sinhthai.assessment.engine import session

    session._idle.clear()
    serve.warm_up()
    assert [len(kept.plans) for kept in session._idle] == [1]


def test_a_first_start_makes_the_store_and_serves(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {
        "SINHTHAI_HOME": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "sinhthai.site.settings",
        "SINHTHAI_LOG": "json",
        "PYTHONUNBUFFERED": "1",
    }
    for name in ("SINHTHAI_DATABASE", "SINHTHAI_SECRET_KEY"):
        environment.pop(name, None)
    server = subprocess.Popen(
        [sys.executable, "-c", "from sinhthai.site.cli import main; main()", "serve", "--port", str(port)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        first, second = server.stdout.readline(), server.stdout.readline()
        assert "brought up to date" in first
        assert f"http://127.0.0.1:{port}/" in second
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            assert answer.read() == b"ok\n"
            number = answer.headers["X-Request-ID"]
    finally:
        server.send_signal(signal.SIGINT)
        _out, errors = server.communicate(timeout=90)
    lines = [json.loads(line) for line in errors.splitlines() if line.startswith("{")]
    line = next(line for line in lines if line.get("path") == "/healthz")
    assert line["request"] == number
    assert line["status"] == 200
    assert line["ms"] >= 0
    assert server.returncode == 0
    assert oct((tmp_path / "var" / "secret-key").stat().st_mode)[-3:] == "600"


def test_every_slice_brings_its_verbs():
    from sinhthai.site import cli

    cli._add_commands()
    done = CliRunner().invoke(cli.app, ["--help"])
    for verb in ("serve", "migrate", "users", "rules", "assess", "workbook"):
        assert verb in done.output


def test_importing_the_command_line_is_quick_and_loads_no_django():
    code = (
        "import sinhthai.site.cli as c, sys, time; c._add_commands();"
        " print('django' in sys.modules, time.process_time())"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    django, seconds = done.stdout.split()
    assert django == "False"
    assert float(seconds) < 5


def test_what_lies_in_the_store_is_for_its_owner_only(tmp_path):
    home = tmp_path / "var"
    environment = os.environ | {
        "SINHTHAI_HOME": str(home),
        "SINHTHAI_DATABASE": "postgresql://u:p@db/name?sslmode=verify-full",
        "DJANGO_SETTINGS_MODULE": "sinhthai.site.settings",
    }
    environment.pop("SINHTHAI_SECRET_KEY", None)
    program = (
        "from django.conf import settings;"
        "print(settings.DATABASES['default']['OPTIONS']['sslmode'], len(settings.SECRET_KEY))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["verify-full", "67"]
    assert (home.stat().st_mode & 0o777, (home / "secret-key").stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )
    assert {path.name for path in home.iterdir()} == {"secret-key", "static"}
