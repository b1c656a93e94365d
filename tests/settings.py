"""The site's settings for tests: a store of its own in a temporary folder, fast passwords."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = tempfile.mkdtemp(prefix="sinhthai-test-")
Path(_home, "static").mkdir()  # whitenoise warns of a missing folder
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["SINHTHAI_HOME"] = _home
os.environ.setdefault("SINHTHAI_SECRET_KEY", "only-for-tests")

from sinhthai.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A store in memory is one connection's: tests of two people at once need a file.
for _store in DATABASES.values():  # noqa: F405
    if _store["ENGINE"].endswith("sqlite3"):
        _store["TEST"] = {"NAME": Path(_home, "test.sqlite3")}
