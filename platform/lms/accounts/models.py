"""People, and the names that they give to their API tokens."""

from django.contrib.auth.models import AbstractUser
from django.db import models

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


def all_scopes() -> list[str]:
    return list(Scope.values)


class TokenLabel(models.Model):
    """What its owner calls a token, and what it may do; knox keeps the rest.

    Tokens of `manage.py create_token` without --scope have none, and may do everything.
    """

    token = models.OneToOneField("knox.AuthToken", on_delete=models.CASCADE, primary_key=True, related_name="label")
    name = models.CharField(max_length=60)
    scopes = models.JSONField(default=all_scopes)

    def __str__(self) -> str:
        return self.name
