"""Deliveries in the admin panel: to read, for who administers."""

import pytest

from grader.webhooks.delivering import deliver_next
from grader.webhooks.services import queue_ping

pytestmark = pytest.mark.django_db

LIST = "/admin/webhooks/delivery/"


def test_deliveries_are_read_with_their_attempts_and_never_changed(client, webhook, receiver, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("root"))
    receiver.status = 500
    delivery = queue_ping(webhook)
    deliver_next(webhook.pk)
    assert "ada" in client.get(LIST, {"q": "ada"}).content.decode()
    page = client.get(f"{LIST}{delivery.pk}/change/").content.decode()
    assert "It answered 500. What counts as arrived is 2xx." in page
    assert webhook.secret not in page
    assert ('name="_save"' in page, client.get(f"{LIST}add/").status_code) == (False, 403)
    assert client.post(f"{LIST}{delivery.pk}/delete/", {"post": "yes"}).status_code == 403


def test_instructors_have_nothing_to_do_with_them(client, webhook, instructor):
    client.force_login(instructor)
    assert client.get(LIST).status_code == 403
