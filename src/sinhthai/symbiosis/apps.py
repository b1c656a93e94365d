from django.apps import AppConfig


class SymbiosisConfig(AppConfig):
    name = "sinhthai.symbiosis"
    label = "symbiosis"
