"""The addresses of a park's sum."""

from django.urls import URLPattern, path

from sinhthai.carbon.views import park

urlpatterns: list[URLPattern] = [
    path("parks/<slug:code>/carbon/", park.park, name="carbon_park"),
    path("parks/<slug:code>/carbon/export.<str:fmt>", park.park_export, name="carbon_park_export"),
]
