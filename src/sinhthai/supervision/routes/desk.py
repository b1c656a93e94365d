"""The addresses of what is due."""

from django.urls import URLPattern, path, re_path

from sinhthai.supervision.views import desk as views

urlpatterns: list[URLPattern] = [
    path("desk/", views.desk, name="supervision_desk"),
    re_path(r"^desk\.(?P<fmt>xlsx|csv)$", views.desk_export, name="supervision_desk_export"),
    path("desk/calendar/", views.renew_feed, name="supervision_feed_renew"),
    path("desk/calendar/<str:secret>.ics", views.feed, name="supervision_feed"),
]
