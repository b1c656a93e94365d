"""The shape of the house, checked: layers, purity, foreign keys, sizes, what must not be written."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sinhthai"
ORDER = [
    "foundation",
    "rules",
    "factors",
    "accounts",
    "registry",
    "reporting",
    "carbon",
    "efficiency",
    "finance",
    "symbiosis",
    "assessment",
    "certification",
    "supervision",
    "portal",
    "site",
]
MODULES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)


def test_import_contracts_hold() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_foreign_keys_point_down() -> None:
    """Import contracts do not see a foreign key named by a string; this does."""
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models()
        if model._meta.app_label in ORDER
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and field.related_model._meta.app_label in ORDER
        and ORDER.index(field.related_model._meta.app_label) > ORDER.index(model._meta.app_label)
    ]
    assert upward == []


@pytest.mark.parametrize(
    "module",
    [
        "sinhthai.foundation.text",
        "sinhthai.rules.bundle",
        "sinhthai.reporting.engine.facts",
        "sinhthai.assessment.engine",
        "sinhthai.symbiosis.engine.streams",
        "sinhthai.rules.procedures",
        "sinhthai.certification.engine",
        "sinhthai.supervision.engine",
        "sinhthai.factors.model",
        "sinhthai.carbon.engine.model",
        "sinhthai.efficiency.engine.model",
        "sinhthai.finance.engine.model",
    ],
)
def test_pure_rooms_load_where_django_is_not_installed(module: str) -> None:
    script = f"import sys; sys.modules['django'] = None; import {module}"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_no_module_grows_past_sense() -> None:
    long = {
        str(p.relative_to(SOURCE)): n
        for p in MODULES
        if (n := len(p.read_text().splitlines())) > 400
    }
    assert long == {}


def test_every_slice_has_its_page() -> None:
    missing = [name for name in ORDER if not (SOURCE / name / "README.md").exists()]
    assert missing == []


def test_no_unfinished_marks_and_no_junk_drawers() -> None:
    marks = [
        f"{p.relative_to(SOURCE)}:{number}"
        for p in MODULES
        for number, line in enumerate(p.read_text().splitlines(), 1)
        if re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|pragma: no cover", line)
    ]
    drawers = [
        str(p) for p in MODULES if p.stem in {"utils", "helpers", "manager", "misc", "common"}
    ]
    assert marks + drawers == []


def test_templates_keep_the_content_security_policy() -> None:
    """No inline script, style or handler: the policy would silently drop them."""
    bad = []
    for template in SOURCE.rglob("templates/**/*.html"):
        for number, line in enumerate(template.read_text().splitlines(), 1):
            inline_script = re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", line)
            if inline_script or re.search(
                r"<style|\sstyle=|\son(click|change|load|submit|input)=", line
            ):
                bad.append(f"{template.relative_to(SOURCE)}:{number}")
    assert bad == []


def test_no_registry_host_or_local_path_stands_in_the_project() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    pattern = re.compile(
        r"--(extra-)?index-url|files\.pythonhosted|registry\.npmjs|/(root|home/\w+)/|sourceMappingURL"
    )
    found = [
        name
        for name in tracked
        if name
        and not name.startswith("tests/architecture/")
        and (path := ROOT / name).is_file()
        and path.suffix
        in {".py", ".txt", ".in", ".toml", ".md", ".yaml", ".json", ".css", ".js", ".html", ""}
        and pattern.search(path.read_text(errors="ignore"))
    ]
    assert found == []
