"""The addresses of the bodies asked for an opinion."""

from django.urls import URLPattern, path

from sinhthai.certification.views import letters, opinions

_OPINION = "opinions/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("opinions/", opinions.room, name="opinions"),
    path("opinions.<str:fmt>", opinions.export, name="opinions_export"),
    path(_OPINION, opinions.opinion, name="opinion"),
    path(_OPINION + "letter.<slug:fmt>", letters.answer_letter, name="opinion_letter"),
    path(
        "dossiers/<slug:public_id>/consult/letter.<slug:fmt>",
        letters.request_letter,
        name="opinion_request_letter",
    ),
    path(_OPINION + "papers/<int:paper>/", opinions.paper, name="opinion_paper"),
    path(
        _OPINION + "papers/<int:paper>/withdraw/",
        opinions.paper_withdraw,
        name="opinion_paper_withdraw",
    ),
]
