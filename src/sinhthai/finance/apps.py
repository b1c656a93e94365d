from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "sinhthai.finance"
    label = "finance"
