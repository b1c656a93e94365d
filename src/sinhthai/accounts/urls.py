"""Addresses about oneself and the people of an organisation."""

from django.urls import URLPattern, path, re_path

from sinhthai.accounts import views

urlpatterns: list[URLPattern] = [
    path("account/", views.profile, name="profile"),
    path("account/tokens/", views.token_list, name="tokens"),
    path("account/tokens/<int:pk>/revoke/", views.token_revoke, name="token_revoke"),
    path("organisations/<slug:code>/people/", views.people, name="people"),
    path("organisations/<slug:code>/people/<int:pk>/", views.person_change, name="person_change"),
    re_path(
        r"^organisations/(?P<code>[-\w]+)/people\.(?P<fmt>xlsx|csv)$",
        views.people_export,
        name="people_export",
    ),
]
