from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lms.accounts"
    label = "accounts"
    verbose_name = "People"  # in the panel, where django-allauth is "Accounts"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from lms.accounts.second_factor import remember_use

        authenticator_added.connect(remember_use)
