from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "sinhthai.certification"
    label = "certification"
