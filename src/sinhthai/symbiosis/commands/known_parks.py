"""The parks a list of streams may name: those of the store here, if there is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from sinhthai.foundation.text import fold
from sinhthai.symbiosis.engine.stream_places import ParkPlace


class KnownParks(Mapping[str, ParkPlace]):
    """Folded code or name -> park. The store is opened when the first park is asked for."""

    def __getitem__(self, name: str) -> ParkPlace:
        return self._parks[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parks)

    def __len__(self) -> int:
        return len(self._parks)

    @cached_property
    def _parks(self) -> dict[str, ParkPlace]:
        import django

        django.setup()
        from django.db import DatabaseError

        from sinhthai.registry.models import Park

        parks: dict[str, ParkPlace] = {}
        try:
            for code, vi, en, other, lat, lon in Park.objects.values_list(
                "code", "name_vi", "name_en", "other_names", "lat", "lon"
            ):
                for name in (code, vi, en, *other.split(";")):
                    if folded := fold(name):
                        parks.setdefault(folded, ParkPlace(code, lat, lon))
        except DatabaseError:  # no store here: the file must say where its streams are
            return {}
        return parks
