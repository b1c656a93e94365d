from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "sinhthai.site"
    label = "site"
