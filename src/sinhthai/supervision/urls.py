"""The addresses of supervision; each part lists its own in ``routes/``."""

from django.urls import URLPattern

from sinhthai.supervision.routes.desk import urlpatterns as desk
from sinhthai.supervision.routes.filings import urlpatterns as filings
from sinhthai.supervision.routes.holding import urlpatterns as holding
from sinhthai.supervision.routes.inspections import urlpatterns as inspections

urlpatterns: list[URLPattern] = [*desk, *filings, *inspections, *holding]
