"""``sinhthai streams``: the same policies, log and audit trail as the pages."""

import pytest
import typer
from typer.testing import CliRunner

from sinhthai.accounts.models import AuditEntry
from sinhthai.symbiosis.commands.streams import register
from sinhthai.symbiosis.models import Look, Stream, StreamVersion

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
RUN = CliRunner(env={"COLUMNS": "200"})


def run(*words, language="en"):
    app = typer.Typer()
    register(app)
    return RUN.invoke(app, ["streams", *map(str, words), "--lang", language])


def test_streams_are_listed_as_a_named_person_and_the_look_is_logged(
    power, ash, facilitator, owner
):
    shown = run("list", power.code, "--as", "office")
    assert shown.exit_code == 0
    assert "Coal fly ash" in shown.output and "3,150 t" in shown.output
    assert Look.objects.get().viewer == facilitator
    assert run("list", power.code, "--as", "power").exit_code == 0
    assert Look.objects.count() == 1


@pytest.mark.parametrize("who", ["board", "ministry", "stranger", "cement", "no-such"])
def test_who_may_not_gets_no_hint(power, ash, inspector, ministry, stranger, partner, who):
    shown = run("list", power.code, "--as", who)
    assert shown.exit_code == 2
    assert "Tro bay" not in shown.output


def test_nothing_entered_is_a_negative_answer(power, owner):
    assert run("list", power.code, "--as", "power").exit_code == 1


def test_a_list_goes_out_and_comes_back_with_its_author(power, ash, owner, tmp_path):
    file = tmp_path / "streams.csv"
    assert run("export", power.code, "--as", "power", "-o", file).exit_code == 0
    assert run("import", power.code, file, "--as", "power").output.startswith("0 new · 0 changed")
    text = file.read_text("utf-8-sig").replace("3150", "4000")
    file.write_text(text, "utf-8")
    dry = run("import", power.code, file, "--as", "power", "--dry-run")
    assert "1 changed" in dry.output and StreamVersion.objects.count() == 1
    assert run("import", power.code, file, "--as", "power").exit_code == 0
    assert ash.versions.get(is_current=True).author == owner
    assert AuditEntry.objects.latest("pk").actor == owner


def test_a_bad_list_is_refused_with_every_problem(power, owner, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text("direction,name,unit,quantity\noffer,A,hour,1\nneed,B,t,-4\n", "utf-8")
    shown = run("import", power.code, file, "--as", "power")
    assert shown.exit_code == 2
    assert "hour" in shown.output and "-4" in shown.output
    assert not Stream.objects.exists()


def test_the_template_needs_no_person(tmp_path):
    file = tmp_path / "template.xlsx"
    assert run("template", "-o", file).exit_code == 0
    assert file.read_bytes().startswith(b"PK")
