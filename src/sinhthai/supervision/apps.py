from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "sinhthai.supervision"
    label = "supervision"
