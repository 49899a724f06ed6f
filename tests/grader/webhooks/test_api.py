"""Webhooks through the API: one's own, and only where the operator wants them."""

import pytest
from rest_framework.test import APIClient

from grader.webhooks.models import Delivery, Webhook
from grader.webhooks.services import MOST_WEBHOOKS, queue_ping
from lms.accounts.services import token_create
from tests.grader.api.client import assert_problem
from tests.grader.webhooks.conftest import make_webhook

pytestmark = pytest.mark.django_db

WEBHOOKS = "/api/v1/webhooks/"
URL = "https://example.org/hook"


@pytest.fixture
def client_with(learner, broker):
    """Return a function that makes a client whose token has the given scopes."""

    def make(*scopes):
        client = APIClient()
        _, secret = token_create(user=learner, name="laptop", days=None, scopes=scopes)
        client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
        return client

    return make


@pytest.fixture
def api(client_with, settings):
    settings.WEBHOOKS = True
    return client_with("account")


def test_a_webhook_is_made_and_its_secret_told_once(api):
    response = api.post(WEBHOOKS, {"url": URL})
    made, row = response.json(), Webhook.objects.get()
    assert (response.status_code, response.headers["Location"]) == (201, f"http://testserver{WEBHOOKS}{row.pk}/")
    assert (made.pop("secret"), row.origin) == (row.secret, "http://testserver")
    assert made == {
        "id": str(row.pk),
        "url": URL,
        "events": ["submission.graded"],
        "is_active": True,
        "created": made["created"],
    }
    assert api.get(WEBHOOKS).json()["results"] == [made]
    assert api.get(f"{WEBHOOKS}{row.pk}/").json() == made


@pytest.mark.parametrize(
    ("fields", "pointer", "detail"),
    [
        ({"url": "http://127.0.0.1/"}, "#/url", "127.0.0.1 is not a public address."),
        ({"url": "x" * 501}, "#/url", "Ensure this field has no more than 500 characters."),
        ({"url": None}, "#/url", "This field may not be null."),
        ({"events": ["all"]}, "#/events/0", "“all” is not an event. There are: submission.graded."),
        ({"events": []}, "#/events", "This list may not be empty."),
        ({"is_active": "perhaps"}, "#/is_active", "Must be a valid boolean."),
    ],
)
def test_a_field_that_is_wrong_is_named(api, learner, fields, pointer, detail):
    problem = assert_problem(api.post(WEBHOOKS, {"url": URL} | fields), 400)
    assert (problem["errors"][0]["pointer"].split("/0")[0], detail in problem["detail"]) == (
        pointer.split("/0")[0],
        True,
    )
    assert not Webhook.objects.exists()
    webhook = make_webhook(learner)
    assert_problem(api.patch(f"{WEBHOOKS}{webhook.pk}/", fields), 400)


def test_a_webhook_is_changed_switched_off_and_deleted(api, learner):
    webhook = make_webhook(learner)
    secret = webhook.secret
    assert_problem(api.patch(f"{WEBHOOKS}{webhook.pk}/", {"is_active": False, "secret": "mine"}), 400)
    changed = api.patch(f"{WEBHOOKS}{webhook.pk}/", {"is_active": False, "url": f"{URL}/2"}).json()
    webhook.refresh_from_db()
    assert (changed["is_active"], changed["url"]) == (webhook.is_active, webhook.url) == (False, f"{URL}/2")
    assert webhook.secret == secret
    queue_ping(webhook)
    assert api.delete(f"{WEBHOOKS}{webhook.pk}/").status_code == 204
    assert (Webhook.objects.count(), Delivery.objects.count()) == (0, 0)


def test_there_is_an_end_to_webhooks(api, learner):
    for _ in range(MOST_WEBHOOKS):
        make_webhook(learner)
    problem = assert_problem(api.post(WEBHOOKS, {"url": URL}), 409)
    assert problem["detail"] == "You have 10 webhooks, which is the most. Delete one first."


def test_while_they_are_off_the_problem_says_what_the_operator_sets(client_with, learner):
    api, webhook = client_with("account"), make_webhook(learner)
    delivery = queue_ping(webhook)
    for address in ("", f"{webhook.pk}/ping/", f"{webhook.pk}/deliveries/{delivery.pk}/replay/"):
        problem = assert_problem(api.post(f"{WEBHOOKS}{address}", {"url": URL}), 403)
        assert "its operator switches them on with the setting WEBHOOKS=1" in problem["detail"].replace("Its", "its")
    assert (Webhook.objects.count(), Delivery.objects.count()) == (1, 1)
    assert api.get(WEBHOOKS).status_code == 200


def test_webhooks_want_the_scope_account(client_with, settings):
    settings.WEBHOOKS = True
    client = client_with("read", "submit", "staff")
    assert_problem(client.get(WEBHOOKS), 403)
    assert_problem(client.post(WEBHOOKS, {"url": URL}), 403)


def test_a_ping_is_queued_and_can_be_sent_once_more(api, learner):
    webhook = make_webhook(learner)
    response = api.post(f"{WEBHOOKS}{webhook.pk}/ping/")
    ping = Delivery.objects.get()
    address = f"{WEBHOOKS}{webhook.pk}/deliveries/{ping.pk}/"
    assert (response.status_code, response.headers["Location"]) == (202, f"http://testserver{address}")
    first = api.get(address).json()
    assert (first["event"], first["status"], first["attempts"]) == ("ping", "pending", [])
    assert (first["body"]["type"], first["body"]["data"]) == ("ping", {"webhook": str(webhook.pk)})
    again = api.get(api.post(f"{address}replay/").headers["Location"]).json()
    assert again["id"] != first["id"]
    assert again["body"] == first["body"]
    assert [each["id"] for each in api.get(f"{WEBHOOKS}{webhook.pk}/deliveries/").json()["results"]] == [
        again["id"],
        first["id"],
    ]


def test_a_webhook_is_tried_thirty_times_a_minute(api, learner):
    webhook = make_webhook(learner)
    assert [api.post(f"{WEBHOOKS}{webhook.pk}/ping/").status_code for _ in range(30)] == [202] * 30
    assert_problem(api.post(f"{WEBHOOKS}{webhook.pk}/ping/"), 429)


def test_the_webhooks_of_others_do_not_exist(api, other_learner):
    webhook = make_webhook(other_learner)
    delivery = queue_ping(webhook)
    one, deliveries = f"{WEBHOOKS}{webhook.pk}/", f"{WEBHOOKS}{webhook.pk}/deliveries/"
    assert api.get(WEBHOOKS).json()["results"] == []
    for response in (
        api.get(one),
        api.patch(one, {"is_active": False}),
        api.delete(one),
        api.post(f"{one}ping/"),
        api.get(deliveries),
        api.get(f"{deliveries}{delivery.pk}/"),
        api.post(f"{deliveries}{delivery.pk}/replay/"),
    ):
        assert_problem(response, 404)
    webhook.refresh_from_db()
    assert (webhook.is_active, Delivery.objects.count()) == (True, 1)


def test_a_list_of_deliveries_asks_no_more_for_more_of_them(api, learner, django_assert_num_queries):
    webhook = make_webhook(learner)
    for _ in range(5):
        queue_ping(webhook)
    with django_assert_num_queries(4):  # the token, the webhook; the deliveries, their attempts
        api.get(f"{WEBHOOKS}{webhook.pk}/deliveries/")
