from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "sinhthai.registry"
    label = "registry"
