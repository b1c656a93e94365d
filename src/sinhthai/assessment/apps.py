from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "sinhthai.assessment"
    label = "assessment"
