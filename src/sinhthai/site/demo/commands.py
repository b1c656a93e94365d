"""``sinhthai demo`` and ``sinhthai generate``."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from sinhthai.foundation.text import Text

ON = dt.date(2025, 12, 31)  # the day the demonstration is assessed on
NEW_EIP = "vn-new-eip"
_Language = Annotated[str, typer.Option("--lang", help="vi or en.")]


def register(app: typer.Typer) -> None:
    """Add ``demo`` and ``generate`` to *app*."""
    app.command("demo")(demo)
    app.command("generate")(generate)


def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the site.")] = True,
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8000,
    lang: _Language = "vi",
) -> None:
    """Load the demonstration country, assess every park, print the findings and serve the site.

    A second start keeps what people entered: nothing is loaded twice.
    """
    console = Console()
    _prepare_store(console, lang)
    from sinhthai.site.demo import load
    from sinhthai.site.demo.generate import StoreNotEmptyError
    from sinhthai.site.demo.show import findings_table, pages_table, sign_ins_table

    try:
        with _progress(console) as progress:
            if not load.is_loaded():
                _load(progress, lang)
            _assess(progress, lang)
    except StoreNotEmptyError as error:
        console.print(f"[red]{error.message.get(lang)}[/red]")
        raise typer.Exit(2) from None
    console.print(findings_table(lang))
    if not serve:
        return
    console.print(sign_ins_table(_home(), lang))
    console.print(pages_table(f"http://127.0.0.1:{port}", lang))
    console.file.flush()  # also where the output is a file or a pipe
    from sinhthai.site.serve import run

    run("127.0.0.1", port)


def generate(
    parks: Annotated[int, typer.Option(min=1, max=5000, help="Number of parks.")] = 436,
    enterprises: Annotated[
        int, typer.Option(min=1, max=2_000_000, help="Number of enterprises.")
    ] = 20_000,
    years: Annotated[int, typer.Option(min=1, max=20, help="Years up to 2025.")] = 5,
    seed: Annotated[int, typer.Option(help="The same seed gives the same country.")] = 1,
    lang: _Language = "vi",
) -> None:
    """Write a synthetic country into an empty store: everything in it is invented."""
    console = Console()
    _prepare_store(console, lang)
    from django.utils import timezone

    from sinhthai.registry.actions import load_territory
    from sinhthai.site.demo.generate import StoreNotEmptyError, write_country

    start = time.perf_counter()
    try:
        with _progress(console) as progress:
            now = timezone.now()
            load_territory(now)
            total = parks + enterprises + years * (parks + enterprises)
            task = progress.add_task(Text("Ghi dữ liệu giả định", "Writing").get(lang), total=total)
            write_country(
                parks=parks,
                enterprises=enterprises,
                years=range(2026 - years, 2026),
                seed=seed,
                at=now,
                progress=lambda what, count: progress.advance(task, count),
            )
            progress.update(task, completed=total)
    except StoreNotEmptyError as error:
        console.print(f"[red]{error.message.get(lang)}[/red]")
        raise typer.Exit(2) from None
    seconds = time.perf_counter() - start
    console.print(
        Text(
            f"Đã ghi {parks} khu công nghiệp và {enterprises} doanh nghiệp giả định, "
            f"{years} năm, trong {seconds:.0f} giây.",
            f"Wrote {parks} parks and {enterprises} enterprises, all invented, over {years} years "
            f"in {seconds:.0f} s.",
        ).get(lang)
    )


def _prepare_store(console: Console, lang: str) -> None:
    """Create or update the store. Words compile first, so that pages speak Vietnamese."""
    import django

    from sinhthai.site.translations import compile_all

    compile_all()
    django.setup()
    from django.core.management import call_command

    with console.status(Text("Chuẩn bị kho dữ liệu …", "Preparing the store …").get(lang)):
        call_command("migrate", verbosity=0, interactive=False)


def _load(progress: Progress, lang: str) -> None:
    from django.db import transaction
    from django.utils import timezone

    from sinhthai.site.demo import (
        carbon,
        certification,
        efficiency,
        finance,
        invented,
        load,
        people,
        reports,
        roadmap,
        symbiosis,
    )

    total = 3 + len(invented.DESIGNS)
    task = progress.add_task(Text("Nạp dữ liệu", "Loading").get(lang), total=total)

    def step(what: Text) -> None:
        progress.update(task, advance=1, description=what.get(lang))

    now = timezone.now()
    with transaction.atomic():  # interrupted, nothing stays; the next start begins anew
        load.load_country(now, step)
        progress.update(task, description=Text("Tài khoản", "Accounts").get(lang))
        people.create_people(_home(), now)
        reports.submit_reports(now)
        progress.update(task, description=Text("Cộng sinh", "Symbiosis").get(lang))
        symbiosis.load_symbiosis(now)
        progress.update(
            task,
            description=Text("Phát thải, hiệu quả, vốn", "Carbon, efficiency, money").get(lang),
        )
        carbon.load_carbon(now)
        efficiency.load_audits()
        finance.load_projects()
        progress.update(
            task, description=Text("Chứng nhận, giám sát", "Certification, supervision").get(lang)
        )
        certification.load_certification(now)
        progress.update(task, description=Text("Lộ trình", "Roadmap").get(lang))
        roadmap.load_roadmap(now)
    progress.update(task, completed=total, description=Text("Đã nạp dữ liệu", "Loaded").get(lang))


def _assess(progress: Progress, lang: str) -> None:
    """Assess every park that has no findings yet, family by family."""
    from django.utils import timezone

    from sinhthai.assessment.actions import assess_parks
    from sinhthai.registry.models import Park
    from sinhthai.site.demo.show import park_families

    families = park_families()
    task = progress.add_task(Text("Đánh giá", "Assessing").get(lang), total=len(families))
    for family, name in families.items():
        progress.update(
            task, description=f"{Text('Đánh giá', 'Assessing').get(lang)}: {name.get(lang)}"
        )
        parks = Park.objects.exclude(assessments__family=family)
        if family == NEW_EIP:  # Article 38 binds only parks registered as such
            parks = parks.filter(registered_as_new_eip=True)
        waiting = list(parks.distinct())
        if waiting:
            assess_parks(waiting, family=family, on=ON, at=timezone.now())
        progress.advance(task)
    progress.update(task, description=Text("Đã đánh giá", "Assessed").get(lang))


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def _home() -> Path:
    from django.conf import settings

    return Path(settings.HOME)
