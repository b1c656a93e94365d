from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sinhthai.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.account import signals

        from sinhthai.accounts import receivers

        for signal in (signals.password_changed, signals.password_set, signals.password_reset):
            signal.connect(receivers.note_new_password, dispatch_uid="note_new_password")
