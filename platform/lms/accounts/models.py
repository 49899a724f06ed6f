"""People, what they call their API tokens and allow them, and the programs that wait to be let in."""

from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

from grader.api.scopes import Scope
from lms.accounts.names import validate_display_name


class User(AbstractUser):
    """A person: a learner, or an instructor (`is_staff` and a member of the group "instructors")."""

    display_name = models.CharField(max_length=80, blank=True, validators=[validate_display_name])

    def get_full_name(self) -> str:
        """Return the name that others read, on certificates for one."""
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()


NAME_LENGTH = 60  # of what a token is called
CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, which make words, and no digits, which look like letters
CODE_LENGTH = 8


def all_scopes() -> list[str]:
    return list(Scope.values)


class TokenLabel(models.Model):
    """What its owner calls a token, and what it may do; knox keeps the rest.

    Tokens of `manage.py create_token` without --scope have none, and may do everything.
    """

    token = models.OneToOneField("knox.AuthToken", on_delete=models.CASCADE, primary_key=True, related_name="label")
    name = models.CharField(max_length=NAME_LENGTH)
    scopes = models.JSONField(default=all_scopes)

    def __str__(self) -> str:
        return self.name


class DeviceSignIn(models.Model):
    """A program that has asked to be let in, from its first question until it has its token (RFC 8628)."""

    class Status(models.TextChoices):
        PENDING = "pending"
        APPROVED = "approved"
        DENIED = "denied"

    digest = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the device code
    user_code = models.CharField(max_length=CODE_LENGTH, unique=True)
    client_name = models.CharField(max_length=NAME_LENGTH)
    scopes = models.JSONField()
    address = models.GenericIPAddressField()  # from where the program asked
    expires = models.DateTimeField(db_index=True)
    interval = models.PositiveSmallIntegerField()  # seconds that it must wait between two questions
    polled = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")  # who decided

    def __str__(self) -> str:
        return f"{self.client_name}: {self.status}"

    @property
    def shown_code(self) -> str:
        half = CODE_LENGTH // 2
        return f"{self.user_code[:half]}-{self.user_code[half:]}"

    @property
    def valid_for_s(self) -> int:
        return max(0, round((self.expires - timezone.now()) / timedelta(seconds=1)))

    @property
    def permits(self) -> list[str]:
        """What the scopes allow, in words."""
        return [Scope(scope).label for scope in self.scopes]


class AccountLimit(models.Model):
    """What one of django-allauth's rate limits has counted (`lms.accounts.limits`)."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.JSONField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
