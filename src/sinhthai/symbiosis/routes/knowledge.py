"""The addresses of what is known of materials and codes, and of totals."""

from django.urls import URLPattern, path

from sinhthai.symbiosis.views import aggregates, knowledge

urlpatterns: list[URLPattern] = [
    path("symbiosis/materials/", knowledge.material_list, name="symbiosis_materials"),
    path(
        "symbiosis/materials/export.<str:fmt>",
        knowledge.material_export,
        name="symbiosis_material_export",
    ),
    path("symbiosis/materials/<slug:material>/", knowledge.material, name="symbiosis_material"),
    path("symbiosis/codes/", knowledge.code_list, name="symbiosis_codes"),
    path("symbiosis/codes/export.<str:fmt>", knowledge.code_export, name="symbiosis_code_export"),
    path("symbiosis/suggest/", knowledge.suggest, name="symbiosis_suggest"),
    path("symbiosis/aggregates/", aggregates.aggregate_list, name="symbiosis_aggregates"),
    path(
        "symbiosis/aggregates/export.<str:fmt>",
        aggregates.aggregate_export,
        name="symbiosis_aggregate_export",
    ),
]
