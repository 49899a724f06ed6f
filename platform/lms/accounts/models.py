"""People, and the names that they give to their API tokens."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from lms.accounts.names import validate_display_name


class User(AbstractUser):
    """A person: a learner, or an instructor (`is_staff` and a member of the group "instructors")."""

    display_name = models.CharField(max_length=80, blank=True, validators=[validate_display_name])

    def get_full_name(self) -> str:
        """Return the name that others read, on certificates for one."""
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()


class TokenLabel(models.Model):
    """What its owner calls a token; knox keeps the rest. Tokens of `manage.py create_token` have none."""

    token = models.OneToOneField("knox.AuthToken", on_delete=models.CASCADE, primary_key=True, related_name="label")
    name = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name
