"""Where the assessments of a park are."""

from django.urls import path

from sinhthai.assessment import views
from sinhthai.assessment.roadmap import views as roadmaps

_PARK = "parks/<slug:code>/assessment"
_ROADMAP = "parks/<slug:code>/roadmap"

urlpatterns = [
    path(f"{_PARK}/", views.assessment, name="assessment"),
    path(f"{_PARK}/run/", views.assessment_run, name="assessment_run"),
    path(f"{_PARK}/history/", views.assessment_history, name="assessment_history"),
    path(f"{_PARK}.<slug:form>", views.assessment_export, name="assessment_export"),
    path(f"{_PARK}/<str:leaf>/", views.assessment_why, name="assessment_why"),
    path("assessments/<int:pk>/", views.assessment_saved, name="assessment_saved"),
    path(
        "assessments/<int:pk>/recompute/", views.assessment_recompute, name="assessment_recompute"
    ),
    path(f"{_ROADMAP}/", roadmaps.roadmap, name="roadmap"),
    path(f"{_ROADMAP}/run/", roadmaps.roadmap_run, name="roadmap_run"),
    path(f"{_ROADMAP}/options.xlsx", roadmaps.roadmap_options, name="roadmap_options"),
    path(f"{_ROADMAP}/compare/", roadmaps.roadmap_compare, name="roadmap_compare"),
    path("roadmaps/<int:pk>/", roadmaps.roadmap_saved, name="roadmap_saved"),
    path("roadmaps/<int:pk>/recompute/", roadmaps.roadmap_recompute, name="roadmap_recompute"),
    path("roadmaps/<int:pk>/share/", roadmaps.roadmap_share, name="roadmap_share"),
    path("roadmaps/<int:pk>.<slug:form>", roadmaps.roadmap_export, name="roadmap_export"),
]
