"""The world of an attack, as certification builds it."""

from tests.certification.attacks.conftest import as_, stage, things, world

__all__ = ["as_", "stage", "things", "world"]
