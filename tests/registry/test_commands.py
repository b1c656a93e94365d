"""The register at the command line, and over the API."""

import pytest
import typer
from typer.testing import CliRunner

from sinhthai.registry import commands
from sinhthai.registry.models import Enterprise, Park


@pytest.fixture
def run():
    app = typer.Typer()
    commands.register(app)
    runner = CliRunner(env={"COLUMNS": "200"})
    return lambda *words: runner.invoke(app, [str(word) for word in words])


def test_parks_are_listed_in_the_borders_of_a_day(run, hiep_phuoc, tan_do):
    old = run("parks", "list", "--on", "2025-06-30", "--province", "Long An", "--lang", "en")
    assert "Long An Province" in old.output
    assert "hiep-phuoc" not in old.output
    found = run("parks", "list", "--search", "hiep phuoc")
    assert "1.686" in found.output
    assert run("parks", "list", "--province", "Atlantis").exit_code == 2
    assert run("parks", "list", "--on", "soon").exit_code == 2


def test_a_list_goes_out_and_comes_back(run, hiep_phuoc, tmp_path):
    file = tmp_path / "parks.xlsx"
    assert run("parks", "export", "-o", file).exit_code == 0
    back = run("parks", "import", file, "--lang", "en")
    assert (back.exit_code, back.output) == (0, "0 new · 0 changed · 1 same · 0 refused\n")
    assert run("parks", "export", "-o", tmp_path / "x.pdf").exit_code == 2


def test_enterprises_are_brought_dry_then_for_good(run, hiep_phuoc, tmp_path):
    file = tmp_path / "e.csv"
    file.write_text("MST;Tên\n0100109106;Công ty B", "utf-8-sig")
    dry = run("enterprises", "import", file, "--park", "hiep-phuoc", "--dry-run", "--lang", "en")
    assert "1 new" in dry.output
    assert "nothing was written" in dry.output
    assert not Enterprise.objects.exists()
    assert run("enterprises", "import", file, "--park", "hiep-phuoc").exit_code == 0
    assert "Công ty B" in run("enterprises", "list", "--park", "hiep-phuoc").output
    out = tmp_path / "e.geojson"
    assert run("enterprises", "export", "-o", out, "--park", "hiep-phuoc").exit_code == 0
    assert "Công ty B" in out.read_text("utf-8")


def test_bad_input_ends_with_two_and_says_what_to_do(run, hiep_phuoc, tmp_path):
    file = tmp_path / "e.csv"
    file.write_text("MST;Tên\n0300588568;Công ty B", "utf-8-sig")
    bad = run("enterprises", "import", file, "--park", "hiep-phuoc", "--lang", "en")
    assert bad.exit_code == 2
    assert "e.csv · MST · 2: check digit of 0300588568 is 8, should be 9" in bad.output
    assert "Nothing was written." in bad.output
    file.write_text("nothing", "utf-8")
    assert run("enterprises", "import", file).exit_code == 2
    near = run("enterprises", "list", "--park", "hiep-phuocc", "--lang", "en")
    assert near.exit_code == 2
    assert "Did you mean: hiep-phuoc?" in near.output
    assert run("enterprises", "list", "--park", "zzz").exit_code == 2


def test_the_territory_of_a_day_over_the_api(client, territory):
    old = client.get("/api/territory", {"on": "2025-06-30"}).json()
    assert len(old["provinces"]) == 63
    long_an = next(row for row in old["provinces"] if row["name"] == "Long An")
    assert (long_an["code"], long_an["now"], long_an["valid_until"]) == ("80", "80", "2025-07-01")
    assert len(client.get("/api/territory").json()["provinces"]) == 34


def test_parks_over_the_api_answer_in_the_borders_of_a_day(client, hiep_phuoc, tan_do, new_park):
    found = client.get("/api/parks", {"q": "tan do", "on": "2025-06-30"}).json()
    assert (found["total"], found["parks"][0]["province"], found["parks"][0]["province_on"]) == (
        1,
        "80",
        "80",
    )
    everything = client.get("/api/parks", {"on": "2025-06-30"}).json()
    assert {park["code"]: park["province_on"] for park in everything["parks"]}["moi"] is None
    assert client.get("/api/parks", {"page": 2}).json()["parks"] == []


def test_a_park_over_the_api_has_its_facts_but_not_its_enterprises(client, hiep_phuoc, factory):
    park = client.get("/api/parks/hiep-phuoc").json()
    assert park["area_ha"] == 1686
    assert park["enterprises_by_status"] == {"operating": 1}
    assert [fact["is_current"] for fact in park["facts"] if fact["field"] == "area_ha"] == [
        True,
        False,
    ]
    assert "Sữa" not in str(park)
    assert client.get("/api/parks/khong-co").status_code == 404


def test_enterprises_over_the_api_are_for_those_inside(signed_in, owner, factory):
    answer = signed_in(owner).get("/api/parks/hiep-phuoc/enterprises").json()
    (row,) = answer["enterprises"]
    assert (row["status"], row["operating_since"], row["invented"]) == (
        "operating",
        "2017-03-01",
        True,
    )
    one = signed_in(owner).get("/api/enterprises/0300588569").json()
    assert one == row
    assert Park.objects.count() == 1
