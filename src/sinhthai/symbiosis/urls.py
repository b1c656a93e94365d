"""The addresses of symbiosis: an enterprise's streams, the park's workbench, the knowledge."""

from django.urls import URLPattern

from sinhthai.symbiosis.routes.enterprise import urlpatterns as enterprise
from sinhthai.symbiosis.routes.knowledge import urlpatterns as knowledge
from sinhthai.symbiosis.routes.workbench import urlpatterns as workbench

urlpatterns: list[URLPattern] = [*enterprise, *workbench, *knowledge]
