"""The reviewed description of the API. Regenerate: ``python -m tests.site.openapi``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

SNAPSHOT = Path(__file__).with_name("openapi.json")


def described() -> dict[str, Any]:
    """Return the present description, without the version of the package."""
    from sinhthai.site.api import api

    schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    del schema["info"]["version"]
    return schema


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    SNAPSHOT.write_text(json.dumps(described(), indent=1, ensure_ascii=False) + "\n")
    print(f"Wrote {SNAPSHOT}")
