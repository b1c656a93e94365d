"""The pages of certification and supervision, and the day's work, with 5,000 dossiers.

    python benchmarks/bench_desk.py [--dossiers N] [--parks N] [--enterprises N] [--store DIR]

Generates the country in a temporary SQLite store (or uses the one in DIR), fills it with invented
dossiers (many_dossiers.py), and asks each page 30 times with Django's test client after a warm-up.
Aims of the issue: a page under 100 ms with at most 10 queries, ``tick`` under 10 s.

Beside each stands the limit: the rows a page shows, or the open duties and the certificates of a
day's work, read by bare SQL without Django. The ratio is what everything else costs.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench_pages import AIM_MS, AIM_QUERIES, _generate, _timed
from many_dossiers import make_dossiers

AIM_TICK = 10.0  # seconds
PAGE_ROWS = (
    "SELECT d.*, p.name_vi, e.name_vi FROM certification_duty d "
    "LEFT JOIN registry_park p ON p.id = d.park_id "
    "LEFT JOIN registry_enterprise e ON e.id = d.enterprise_id "
    "WHERE d.closed_at IS NULL ORDER BY d.due_on, d.id LIMIT 50"
)
DAY_ROWS = (
    "SELECT * FROM certification_duty WHERE closed_at IS NULL",
    "SELECT id, state, park_id, enterprise_id, valid_until FROM certification_certificate",
    "SELECT duty_id, user_id, stage FROM supervision_notice",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=5_000)
    parser.add_argument("--parks", type=int, default=436)
    parser.add_argument("--enterprises", type=int, default=20_000)
    parser.add_argument("--store", type=Path, help="folder of a store that is already generated")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinhthai.site.settings")
    with tempfile.TemporaryDirectory(prefix="sinhthai-bench-") as folder:
        os.environ["SINHTHAI_HOME"] = str(given.store or folder)
        if given.store is None:
            _generate(dict(os.environ), given)
        pages, days, bare_page, bare_day = measure(given.dossiers)
    slow = 0
    print(f"  {'page':<44}{'median':>9}{'p95':>9}{'queries':>9}")
    for page in pages:
        reached = page["median"] < AIM_MS and page["queries"] <= AIM_QUERIES
        slow += not reached
        print(
            f"  {page['name']:<44}{page['median']:>6.0f} ms{page['p95']:>6.0f} ms"
            f"{page['queries']:>9}   {'' if reached else 'NOT REACHED'}"
        )
    print(f"  bare SQL of a page's rows: {bare_page * 1000:.2f} ms")
    for name, seconds in days:
        slow += seconds >= AIM_TICK
        print(
            f"  {name:<44}{seconds:>6.2f} s {seconds / bare_day:>8.0f} x bare SQL"
            f"   {'' if seconds < AIM_TICK else 'NOT REACHED'}"
        )
    print(f"  bare SQL of the rows a day looks at: {bare_day * 1000:.1f} ms")
    return 1 if slow else 0


def measure(
    dossiers: int,
) -> tuple[list[dict[str, Any]], list[tuple[str, float]], float, float]:
    """Fill the store; time each page as the ministry and as a Management Board, then two days."""
    import logging

    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.test import Client
    from django.utils import timezone

    from sinhthai.accounts.models import Membership, Organisation, Scope, User
    from sinhthai.certification.models import Dossier

    if Dossier.objects.count() < dossiers:
        print(f"{make_dossiers(dossiers, at=timezone.now())} dossiers written")
    province = Dossier.objects.select_related("park__province_now")[0].park.province_now.code
    clients = {}
    for name, kind, scope, code in (
        ("ministry", "ministry", "country", ""),
        ("Board", "management_board", "province", province),
    ):
        user, new = User.objects.get_or_create(username=f"bench-{kind}")
        if new:
            body = Organisation.objects.create(code=f"bench-{kind}", kind=kind, name_vi=name)
            Scope.objects.create(organisation=body, kind=scope, code=code)
            Membership.objects.create(user=user, organisation=body, role="admin")
        clients[name] = Client()
        clients[name].force_login(user)
    asked = [
        ("dossiers", "/dossiers/"),
        ("dossiers, page 60", "/dossiers/?page=60"),
        ("dossiers, late, by due day", "/dossiers/?late=1&sort=due"),
        ("dossiers, searched", "/dossiers/?q=song"),
        ("dossiers, evaluating, waiting for me", "/dossiers/?state=evaluating&mine=1"),
        ("opinions asked of us", "/opinions/"),
        ("what waits for me", "/desk/"),
        ("desk of the territory", "/desk/?view=territory"),
        ("desk, late, page 10", "/desk/?view=territory&when=late&page=10"),
        ("desk, searched, by name", "/desk/?view=territory&q=song&sort=subject"),
    ]
    pages = [
        _timed(f"{who}: {name}", path, client)
        for who, client in clients.items()
        for name, path in asked
    ]
    bare_page = min(_bare(PAGE_ROWS) for _time in range(5))
    bare_day = min(_bare(*DAY_ROWS) for _time in range(5))
    return pages, _days(), bare_page, bare_day


def _days() -> list[tuple[str, float]]:
    """Time two runs of one day's work, and the part that holds certificates against the facts."""
    from django.utils import timezone

    from sinhthai.certification.engine.clocks import legal_day
    from sinhthai.certification.models import Certificate, Duty
    from sinhthai.supervision.actions.daily import do_day
    from sinhthai.supervision.actions.keeping import keep_true
    from sinhthai.supervision.models import Notice

    now = timezone.now()
    found = []
    for name in ("tick", "tick again, the same day"):
        start = time.perf_counter()
        do_day(today=legal_day(now), at=now, mail=False)
        found.append((name, time.perf_counter() - start))
    start = time.perf_counter()
    keep_true(at=now)
    found.append(("of it, certificates held against the facts", time.perf_counter() - start))
    print(
        f"{Duty.objects.filter(closed_at=None).count()} open duties, "
        f"{Certificate.objects.count()} certificates, {Notice.objects.count()} notices"
    )
    return found


def _bare(*queries: str) -> float:
    """Return the seconds it takes to read the rows of *queries* without Django's models."""
    from django.db import connection

    with connection.cursor() as cursor:
        start = time.perf_counter()
        for query in queries:
            cursor.execute(query)
            cursor.fetchall()
        return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
