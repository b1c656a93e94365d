from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "sinhthai.portal"
    label = "portal"
