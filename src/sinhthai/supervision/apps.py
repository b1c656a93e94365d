from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "sinhthai.supervision"
    label = "supervision"

    def ready(self) -> None:
        from sinhthai.supervision.signals import connect

        connect()
