"""Where the assessments of a park are."""

from django.urls import path

from sinhthai.assessment import views

_PARK = "parks/<slug:code>/assessment"

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
]
