"""Server time and queries of the pages of certification with 5,000 dossiers in the store.

    python benchmarks/bench_desk.py [--dossiers N] [--parks N] [--enterprises N] [--store DIR]

Generates the country in a temporary SQLite store (or uses the one in DIR), fills it with invented
dossiers (many_dossiers.py), and asks each page 30 times with Django's test client after a warm-up.
Aims of the issue: under 100 ms and at most 10 queries.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench_pages import AIM_MS, AIM_QUERIES, _generate, _timed
from many_dossiers import make_dossiers


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
        pages = measure(given.dossiers)
    slow = 0
    print(f"  {'page':<44}{'median':>9}{'p95':>9}{'queries':>9}")
    for page in pages:
        reached = page["median"] < AIM_MS and page["queries"] <= AIM_QUERIES
        slow += not reached
        print(
            f"  {page['name']:<44}{page['median']:>6.0f} ms{page['p95']:>6.0f} ms"
            f"{page['queries']:>9}   {'' if reached else 'NOT REACHED'}"
        )
    return 1 if slow else 0


def measure(dossiers: int) -> list[dict[str, Any]]:
    """Fill the store, then time each page as the ministry and as a Management Board."""
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
    ]
    return [
        _timed(f"{who}: {name}", path, client)
        for who, client in clients.items()
        for name, path in asked
    ]


if __name__ == "__main__":
    sys.exit(main())
