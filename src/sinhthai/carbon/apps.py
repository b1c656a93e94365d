from django.apps import AppConfig


class CarbonConfig(AppConfig):
    name = "sinhthai.carbon"
    label = "carbon"
