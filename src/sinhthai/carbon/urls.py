"""The addresses of carbon: inventories of enterprises and parks' operations, sums of parks."""

from django.urls import URLPattern

from sinhthai.carbon.routes.inventory import urlpatterns as inventory
from sinhthai.carbon.routes.park import urlpatterns as park

urlpatterns: list[URLPattern] = [*park, *inventory]
