"""``sinhthai heat`` as people run it: every format, every exit code."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import typer
from typer.testing import CliRunner

from sinhthai.symbiosis.commands.heat import register
from sinhthai.symbiosis.engine.heat.picture import picture
from sinhthai.symbiosis.engine.heat.stream_files import HeatFile, read_heat
from sinhthai.symbiosis.engine.heat.streams import HeatStream
from sinhthai.symbiosis.engine.heat.study import Asked, study

_EXAMPLES = Path(__file__).parents[3] / "examples"
_SVG = "{http://www.w3.org/2000/svg}"
_PIPES = ["--heat-value", "900000", "--pipe-fixed", "2e9", "--pipe-km", "6e9", "--emission", "0.3"]


@pytest.fixture
def run():
    app = typer.Typer()
    register(app)

    @app.callback()
    def main() -> None:
        """Keep the verb, as beside others."""

    return lambda *words: CliRunner().invoke(app, ["heat", *map(str, words)])


def _study(name: str, **asked):
    path = _EXAMPLES / name
    return study(read_heat(name, path.read_bytes(), least=10), 10, Asked(**asked))


def test_table_in_vietnamese(run):
    done = run(_EXAMPLES / "heat.csv")
    assert done.exit_code == 0
    lines = [re.sub(r"\s+", " ", line).strip() for line in done.output.splitlines()]
    assert "Tiện ích nóng 20 kW" in lines
    assert "Tiện ích lạnh 60 kW" in lines
    assert "Nhiệt thu hồi được 450 kW" in lines
    assert "Pinch (thang dịch chuyển) 85 °C (nóng 90 °C, lạnh 80 °C)" in lines
    assert "140 -1,5 82,5" in lines


def test_table_in_english(run):
    done = run(_EXAMPLES / "heat.csv", "--lang", "en")
    assert "Pass no heat across the pinch" in done.output
    assert "Tiện ích" not in done.output


def test_smaller_difference_recovers_more(run):
    done = run(_EXAMPLES / "heat.csv", "--dtmin", "5", "--format", "json")
    assert json.loads(done.stdout)["recovery"] > 450


def test_json_holds_table_and_curves(run):
    data = json.loads(run(_EXAMPLES / "heat.csv", "--format", "json", "--lang", "en").stdout)
    assert (data["hot_utility"], data["cold_utility"]) == (20, 60)
    assert data["pinches"] == [{"shifted": 85, "hot": 90, "cold": 80}]
    assert data["problem_table"]["temperature"] == [165, 145, 140, 85, 55, 25]
    assert data["curves"]["cold_composite"][0] == [60, 20]
    assert data["units"]["heat_flow"] == "kW"


def test_site_in_json_with_everything_asked(run):
    done = run(_EXAMPLES / "heat-site.xlsx", "--format", "json", *_PIPES)
    data = json.loads(done.stdout)
    assert len(data["zones"]) == 5
    direct, site, alone = (
        data["hot_utility"],
        data["total_site"]["hot_utility"],
        data["sum_of_zones"]["hot_utility"],
    )
    assert direct < site < alone
    loads = data["utilities"]["loads"]
    assert sum(one["heat"] for one in loads if one["role"] == "brings") == pytest.approx(direct)
    assert all(link["benefit"] > 0 for link in data["neighbours"]["links"])
    assert data["neighbours"]["status"] == "optimal"
    assert data["warnings"] == []


def test_site_table_shows_every_part(run):
    done = run(_EXAMPLES / "heat-site.xlsx", *_PIPES, "--matches", "--seconds", "1")
    for said in ("Qua mạng hơi", "Bố trí tiện ích", "Ghép nhiệt", "Nối nhiệt giữa láng giềng"):
        assert said in done.output
    assert done.exit_code == 0


def test_workbook(run, tmp_path):
    target = tmp_path / "nhiet.xlsx"
    done = run(_EXAMPLES / "heat-site.xlsx", "-o", target, *_PIPES)
    assert done.exit_code == 0
    book = openpyxl.load_workbook(io.BytesIO(target.read_bytes()))
    assert {"Mục tiêu", "Bảng bài toán", "Đường tổng hợp", "Đường ống"} <= set(book.sheetnames)
    rows = {row[0]: row[1] for row in book["Mục tiêu"].iter_rows(values_only=True) if row[0]}
    assert rows["Tiện ích nóng"] == pytest.approx(_study("heat-site.xlsx").whole.table.hot)
    assert book["Đường tổng hợp"]._charts


def test_picture_draws_every_kink():
    done = _study("heat.csv")
    root = ElementTree.fromstring(picture(done, "vi"))
    lines = [one.attrib["points"].split() for one in root.iter(f"{_SVG}polyline")]
    whole = done.whole
    curves = (whole.composites.hot, whole.composites.cold, whole.grand)
    assert [len(line) for line in lines] == [len(curve) for curve in curves]
    words = " ".join(one.text or "" for one in root.iter(f"{_SVG}text"))
    assert "Đường tổng hợp lớn" in words
    assert "pinch 85 °C" in words


def test_picture_of_a_site_has_its_profiles_and_escapes_names():
    done = _study("heat-site.xlsx")
    assert "Biên dạng toàn khu" in picture(done, "vi")
    assert "Total site profiles" in picture(done, "en")
    ElementTree.fromstring(picture(done, "vi"))


@pytest.mark.parametrize("streams", [(), (HeatStream("steam", 120, 120, 50.0, True),)])
def test_picture_of_next_to_nothing(streams):
    text = picture(study(HeatFile(streams), 10), "vi")
    assert "nan" not in text
    ElementTree.fromstring(text)


def test_svg_goes_to_the_file(run, tmp_path):
    target = tmp_path / "nhiet.svg"
    assert run(_EXAMPLES / "heat.csv", "-o", target).exit_code == 0
    assert target.read_text("utf-8").startswith("<svg")


def test_nothing_to_recover_is_a_negative_answer(run, tmp_path):
    path = tmp_path / "cold.csv"
    path.write_text("Tin,Tout,CP\n20,80,2\n", "utf-8")
    done = run(path)
    assert done.exit_code == 1
    assert "Chỉ có dòng lạnh" in done.output


def test_bad_input_lists_everything(run, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("Tin,Tout,CP\n20,,2\n-400,80,2\n", "utf-8")
    done = run(path)
    assert done.exit_code == 2
    assert "bad.csv · 2: Thiếu Nhiệt độ ra." in done.output
    assert "bad.csv · 3: -400 °C thấp hơn độ không tuyệt đối" in done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing.csv"], "missing.csv: Không có tệp này"),
        ([_EXAMPLES / "heat.csv", "--format", "docx"], "--format: Không có “docx”"),
        ([_EXAMPLES / "heat.csv", "--dtmin", "0"], "ΔTmin"),
        ([_EXAMPLES / "heat.csv", "--heat-value", "1"], "--pipe-fixed, --pipe-km"),
        ([_EXAMPLES / "heat.csv", *_PIPES, "--drop", "-1"], "--drop"),
        ([_EXAMPLES / "heat.csv", *_PIPES], "Không có vị trí doanh nghiệp"),
        ([_EXAMPLES / "heat.csv", "--seconds", "0"], "--seconds"),
        ([_EXAMPLES / "heat.csv", "-o", "/nowhere/x.svg"], "Không ghi được tệp"),
    ],
)
def test_wrong_options(run, words, said):
    done = run(*words)
    assert done.exit_code == 2
    assert said in done.output


def test_utilities_from_a_file(run, tmp_path):
    levels = tmp_path / "levels.csv"
    levels.write_text("Tên,Loại,Tvào,Giá\nHơi,nóng,184,900000\nNước,lạnh,10,50000\n", "utf-8")
    done = run(_EXAMPLES / "heat.csv", "--utilities", levels)
    assert done.exit_code == 0
    assert "Chi phí tiện ích: 21.000 đồng một giờ." in done.output


def test_words_are_in_both_languages():
    """Words of every part exist in both languages and differ where they should."""
    from sinhthai.symbiosis.commands import heat_words

    texts = [one for one in vars(heat_words).values() if type(one).__name__ == "Text"]
    assert len(texts) > 30
    assert all(text.vi and text.en for text in texts)
