from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "sinhthai.assessment"
    label = "assessment"

    def ready(self) -> None:
        from sinhthai.assessment.signals import connect

        connect()
