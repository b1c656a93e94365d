"""``sinhthai match``: exit codes, formats, words of every refusal, files and the store."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
import typer
from django.contrib.auth import get_user_model
from django.utils import timezone
from typer.testing import CliRunner, Result

from sinhthai.accounts.models import Membership, Organisation, Scope
from sinhthai.registry.models import Enterprise, Park, Province
from sinhthai.symbiosis.commands.match import register
from sinhthai.symbiosis.models import Look, Stream, StreamVersion
from tests.symbiosis.streams.making import GOOD, NEED, csv_file, workbook

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "streams.xlsx"
DAY = "2026-03-01"
app = typer.Typer()
register(app)
app.command("other")(lambda: None)


def match(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["match", *(str(argument) for argument in arguments)])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.xlsx"
    path.write_bytes(workbook([GOOD, NEED]))
    return path


def test_a_list_prints_ranked_partners_with_reasons(small: Path) -> None:
    result = match(small, "--within", "50km", "--top", "10", "--on", DAY)
    assert result.exit_code == 0
    flat = " ".join(result.stdout.split())
    assert "Nhiệt điện A · Tro bay khô · 20.000 tấn/năm" in flat
    assert "Xi măng B · Phụ gia xi măng" in flat
    assert "thay được phụ gia khoáng xi măng" in flat
    assert "Pháp lý:" in flat
    assert "Máy tìm, người quyết định" in flat
    assert all(len(line) <= 100 for line in result.stdout.splitlines())


def test_the_answer_comes_in_english_with_every_reason(small: Path) -> None:
    result = match(small, "--lang", "en", "--why", "all", "--on", DAY)
    flat = " ".join(result.stdout.split())
    for words in ("Score", "is taken for", "km apart", "covers", "Both run in", "Law:", "Papers:"):
        assert words in flat


def test_nothing_within_the_radius_is_a_negative_answer_with_its_reason(small: Path) -> None:
    result = match(small, "--within", "5km", "--lang", "en")
    assert result.exit_code == 1
    assert "11.1 km away, outside the 5 km" in " ".join(result.stdout.split())


def test_json_is_one_document_with_what_pins_the_answer(small: Path) -> None:
    result = match(small, "--format", "json", "--on", DAY, "--within", "30 km", "--order", "value")
    document = json.loads(result.stdout)
    about = document["about"]
    assert (about["on"], about["within_km"], about["order"]) == (DAY, 30.0, "value")
    assert len(about["knowledge"]) == 64 and len(about["law"]) >= 40
    assert document["matches"][0]["need"]["enterprise"] == "Xi măng B"
    assert document["matches"][0]["value_vnd"]["mid"] > 0


def test_the_same_question_gives_the_same_bytes(small: Path) -> None:
    first, second = (match(small, "--format", "json", "--on", DAY) for _ in range(2))
    assert first.stdout_bytes == second.stdout_bytes


@pytest.mark.parametrize("form", ["xlsx", "parquet", "json", "txt"])
def test_the_ending_of_the_file_chooses_the_format(small: Path, tmp_path: Path, form: str) -> None:
    output = tmp_path / f"out.{form}"
    assert match(small, "-o", output, "--on", DAY).exit_code == 0
    data = output.read_bytes()
    if form == "xlsx":
        rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.values)
        assert rows[3][3] == "Xi măng B" or rows[2][3] == "Bên nhận"
    elif form == "parquet":
        assert pq.read_table(io.BytesIO(data))["need_enterprise"].to_pylist() == ["Xi măng B"]
    else:
        assert "Xi măng B" in data.decode()


def test_a_csv_serves_as_well(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_file([GOOD, NEED]))
    assert match(path, "--on", DAY).exit_code == 0


def test_every_wrong_cell_is_told_and_leaves_with_two(tmp_path: Path) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(workbook([{**GOOD, "Lượng": -1}, {**NEED, "Vĩ độ": 106.8, "Kinh độ": 10.7}]))
    result = match(path, "--lang", "en")
    assert result.exit_code == 2
    assert "bad.xlsx · Cung cầu · G2: A quantity cannot be negative" in result.stderr
    assert (
        "bad.xlsx · Cung cầu · B3: Latitude 106.8 and longitude 10.7 are swapped" in result.stderr
    )
    assert result.stdout == ""


def test_every_wrong_option_is_told_at_once(small: Path) -> None:
    result = match(
        small, "--within", "far", "--top", "0", "--order", "luck", "--format", "doc",
        "--engine", "abacus", "--on", "someday", "--why", "maybe", "--lang", "en",
    )  # fmt: skip
    assert result.exit_code == 2
    for option in ("--within", "--top", "--order", "--format", "--engine", "--on", "--why"):
        assert f"✕ {option}: " in result.stderr


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("", "Neither a file nor a park"),
        ("nowhere.xlsx", "no such file"),
        ("/tmp", "cannot be read"),
    ],
)
def test_a_target_that_is_none_says_so(target: str, words: str) -> None:
    result = match(*([target] if target else []), "--lang", "en")
    assert result.exit_code == 2
    assert words in result.stderr


def test_an_unwritable_output_is_refused(small: Path) -> None:
    result = match(small, "-o", "/nowhere/out.json", "--lang", "en")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_the_template_reads_back_and_matches(tmp_path: Path) -> None:
    path = tmp_path / "streams.xlsx"
    assert match("--template", path).exit_code == 0
    lists = [list(openpyxl.load_workbook(book).worksheets[0].values) for book in (path, EXAMPLE)]
    assert lists[0] == lists[1], "run: sinhthai match --template examples/streams.xlsx"
    assert match(path, "--on", DAY).exit_code == 0


def test_the_example_finds_partners_of_many_kinds() -> None:
    result = match(EXAMPLE, "--on", DAY, "--format", "json")
    found = json.loads(result.stdout)["matches"]
    assert {one["kind"] for one in found} >= {"rule", "same"}
    assert {"conditional", "goods", "forbidden"} <= {one["legal"]["status"] for one in found}
    assert any(one["estimated"] for one in found)


def test_the_command_runs_with_no_server_and_no_store(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from sinhthai.site.cli import main; main()",
            "match",
            str(EXAMPLE),
            "--format",
            "json",
        ],
        capture_output=True,
        env={"SINHTHAI_HOME": str(tmp_path / "empty"), "PATH": ""},
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["matches"]


AS = ("--as", "office")


@pytest.fixture
def store(db: None) -> None:
    province = Province.objects.create(
        code="79", valid_from="2025-07-01", name="TP.HCM", search="tp hcm"
    )
    user = get_user_model().objects.create(username="office")
    get_user_model().objects.create(username="stranger")
    office = Organisation.objects.create(code="adviser", kind="adviser", name_vi="Tư vấn")
    Membership.objects.create(user=user, organisation=office, role="editor")
    for code in ("hiep-phuoc", "long-hau"):
        Scope.objects.create(organisation=office, kind="park", code=code)
    for number, code in enumerate(("hiep-phuoc", "long-hau")):
        park = Park.objects.create(
            code=code, name_vi=f"KCN {code}", name_en=code, search=code, province=province,
            province_now=province, lat=10.63 + number / 20, lon=106.74,
        )  # fmt: skip
        for side, name in (("offer", "Tro bay khô"), ("need", "Phụ gia xi măng")):
            enterprise = Enterprise.objects.create(
                code=f"{code}-{side}", name_vi=f"{code} {side}", search="", park=park
            )
            stream = Stream.objects.create(
                enterprise=enterprise, direction=side, created_at=timezone.now(), created_by=user
            )
            StreamVersion.objects.create(
                stream=stream,
                name=name,
                unit="t",
                quantity=1000,
                recorded_at=timezone.now(),
                author=user,
            )


@pytest.mark.django_db
def test_a_park_of_the_store_is_matched_within_itself(store: None) -> None:
    found = json.loads(match("hiep-phuoc", *AS, "--format", "json", "--on", DAY).stdout)["matches"]
    assert [(one["offer"]["enterprise"], one["need"]["enterprise"]) for one in found] == [
        ("hiep-phuoc-offer", "hiep-phuoc-need")
    ]
    assert Look.objects.count() == 2  # both owners see that the facilitator looked


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "words"),
    [
        ([], "has to know who asks"),
        (["--as", "x"], "not know “x”"),
        (["--as", "stranger"], "no park"),
    ],
)
def test_the_store_is_open_to_the_facilitator_alone(
    store: None, who: list[str], words: str
) -> None:
    result = match("hiep-phuoc", *who, "--lang", "en")
    assert result.exit_code == 2
    assert words in result.stderr
    assert not Look.objects.exists()


@pytest.mark.django_db
def test_several_parks_are_matched_with_each_other(store: None) -> None:
    found = json.loads(match("hiep-phuoc,long-hau", *AS, "--format", "json", "--on", DAY).stdout)[
        "matches"
    ]
    assert len(found) == 4
    assert {one["distance_m"] for one in found if one["offer"]["park"] != one["need"]["park"]} == {
        5560
    }


@pytest.mark.django_db
def test_a_park_the_store_does_not_have_is_refused(store: None) -> None:
    result = match("hiep-phuok", *AS, "--lang", "en")
    assert result.exit_code == 2
    assert "no park “hiep-phuok”" in result.stderr


@pytest.mark.django_db
def test_a_list_may_name_a_park_of_the_store(store: None, tmp_path: Path) -> None:
    path = tmp_path / "parks.xlsx"
    row = {**GOOD, "Vĩ độ": None, "Kinh độ": None, "Khu công nghiệp": "KCN Hiep-Phuoc"}
    path.write_bytes(workbook([row, NEED]))
    found = json.loads(match(path, "--format", "json", "--on", DAY).stdout)["matches"]
    assert found[0]["offer"]["park"] == "hiep-phuoc"
