from django.apps import AppConfig


class EfficiencyConfig(AppConfig):
    name = "sinhthai.efficiency"
    label = "efficiency"
