from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sinhthai.accounts"
    label = "accounts"
