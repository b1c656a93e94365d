from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "sinhthai.reporting"
    label = "reporting"
