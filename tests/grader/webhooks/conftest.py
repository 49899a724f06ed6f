"""Webhooks that lead to the receiver."""

import pytest

from grader.webhooks.models import Webhook
from grader.webhooks.sending import make_secret


@pytest.fixture
def webhooks_on(settings):
    """As an operator sets it who lets webhooks lead to this machine."""
    settings.WEBHOOKS = settings.WEBHOOK_PRIVATE_ADDRESSES = True


def make_webhook(user, url="https://example.org/hook", **fields):
    values = {"origin": "https://baremath.example", "secret": make_secret()} | fields
    return Webhook.objects.create(user=user, url=url, **values)


@pytest.fixture
def webhook(learner, receiver, webhooks_on):
    return make_webhook(learner, receiver.url)
