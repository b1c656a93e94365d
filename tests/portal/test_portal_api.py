"""The rules and the map as JSON, open to everybody."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sinhthai.rules.bundle import load_bundle


def test_rules_list_every_version(db: None, client: Client) -> None:
    rows = client.get("/api/rules").json()
    assert [row["id"] for row in rows] == [framework.id for framework in load_bundle().frameworks]


@pytest.mark.parametrize(
    ("on", "version"), [("2022-07-14", "vn-eip.d82-2018"), ("2022-07-15", "vn-eip.d35-2022")]
)
def test_the_day_picks_the_version(db: None, client: Client, on: str, version: str) -> None:
    found = client.get(f"/api/rules/vn-eip?on={on}").json()
    assert found["id"] == version
    assert found["on"] == on
    assert len(found["leaves"]) == found["criteria"]


def test_a_criterion_comes_whole(db: None, client: Client) -> None:
    found = client.get("/api/rules/vn-eip/ENT-3?on=2025-12-31").json()
    assert found["threshold"]["value"] == 0.2
    assert {item["code"] for item in found["asks_for"]} >= {
        "recp_applied",
        "recp_result_measured",
        "status",
    }
    assert [row["default"] for row in found["formulas"]].count(True) == 2
    assert found["evidence"]


@pytest.mark.parametrize(
    "path", ["/api/rules/nothing", "/api/rules/vn-eip?on=2000-01-01", "/api/rules/vn-eip/NO"]
)
def test_what_is_not_there_is_not_found(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_dictionary_can_be_asked_by_subject(db: None, client: Client) -> None:
    rows = client.get("/api/items?subject=enterprise").json()
    assert {row["subject"] for row in rows} == {"enterprise"}
    assert len(client.get("/api/items").json()) == len(load_bundle().items)


def test_the_map_holds_the_public_register_and_no_findings(country: Any, client: Client) -> None:
    rows = client.get("/api/map").json()
    assert {row["code"] for row in rows} == {"hiep-phuoc", "tan-do", "song-xanh"}
    assert {row["code"]: row["invented"] for row in rows}["song-xanh"] is True
    assert set(rows[0]) == {"code", "name", "lat", "lon", "province", "invented"}
