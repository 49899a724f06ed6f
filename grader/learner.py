"""Who asks: behind a permission check it is always a person."""

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from rest_framework.request import Request


def learner_of(request: HttpRequest | Request) -> AbstractUser:
    """Return the user of a request that only signed-in people can make."""
    user = request.user
    assert isinstance(user, AbstractUser), "the view lets anonymous requests through"
    return user
