import json
import re

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from grader.api.schema import FIELDS
from grader.webhooks.services import queue_ping, webhook_create
from tests.grader.api.client import API

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def document(client):
    return json.loads(client.get("/api/schema/", {"format": "json"}).content)


@pytest.fixture
def addresses(catalogue, graded, learner):
    """An address that answers for each path that is read."""
    webhook = webhook_create(
        user=learner, url="https://example.org/", events=["submission.graded"], is_active=True, origin=""
    )
    names = {
        "course": "neural-networks",
        "lesson": "backpropagation",
        "id": str(graded.pk),
        "number": "1",
        "webhook_id": str(webhook.pk),
        "delivery_id": str(queue_ping(webhook).pk),
    }
    slugs = {"tasks": "scalar-autograd", "courses": "neural-networks"}
    return lambda path: path.format(slug=slugs.get(path.split("/")[3]), **names)


def test_every_operation_is_in_a_section_that_is_described(document):
    sections = [tag["name"] for tag in document["tags"]]
    assert {tag for _, _, operation in operations(document) for tag in operation["tags"]} == set(sections)
    assert sections == ["catalogue", "runs", "submissions", "account", "device", "webhooks", "staff"]
    assert document["paths"]["/api/v1/tokens/current/"]["delete"]["tags"] == ["account"]
    assert "RFC 9457" in document["info"]["description"]


def assert_keeps(document, schema, value):
    validator = Draft202012Validator({**schema, "components": document["components"]})
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)] == []


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_the_schema_is_valid_openapi(document):
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert {path.removeprefix(API) for path in document["paths"]} == {
        "courses/",
        "courses/{slug}/",
        "courses/{course}/lessons/{lesson}/",
        "lessons/",
        "tasks/",
        "tasks/{slug}/",
        "runs/",
        "runs/{id}/",
        "submissions/",
        "submissions/{id}/",
        "submissions/{id}/source/",
        "submissions/{id}/runs/",
        "submissions/{id}/runs/{number}/",
        "me/",
        "progress/",
        "staff/submissions/",
        "staff/submissions/{id}/",
        "staff/submissions/{id}/regrade/",
        "staff/certification/",
        "submissions/{id}/events/",
        "runs/{id}/events/",
        "tokens/",
        "tokens/current/",
        "tokens/{key}/",
        "webhooks/",
        "webhooks/{webhook_id}/",
        "webhooks/{webhook_id}/ping/",
        "webhooks/{webhook_id}/deliveries/",
        "webhooks/{webhook_id}/deliveries/{delivery_id}/",
        "webhooks/{webhook_id}/deliveries/{delivery_id}/replay/",
        "device/",
        "device/token/",
    }


def test_every_operation_says_what_it_does_and_that_it_may_fail(document):
    for path, method, operation in operations(document):
        assert operation["summary"], (path, method)
        assert {"400", "429", "500", "503"} <= set(operation["responses"]), (path, method)
        assert all(response["description"] for response in operation["responses"].values()), (path, method)


def test_an_operation_names_the_scope_that_it_needs(document):
    paths = document["paths"]
    assert paths[f"{API}submissions/"]["post"]["description"].endswith("A token needs the scope `submit`.")
    assert paths[f"{API}runs/{{id}}/"]["get"]["description"].endswith("A token needs the scope `submit` or `read`.")
    assert "scope" not in paths[f"{API}tasks/"]["get"]["description"]
    assert set(paths[f"{API}submissions/{{id}}/"]["get"]["responses"]) == {
        "200", "304", "400", "401", "403", "404", "406", "429", "500", "503",
    }  # fmt: skip


def test_what_is_read_is_what_the_document_promises(document, addresses, api, staff_api):
    read = 0
    for path, method, operation in operations(document):
        promised = operation["responses"].get("200", {}).get("content", {}).get(JSON)
        if method != "get" or promised is None or path == f"{API}runs/{{id}}/":
            continue
        response = (staff_api if path.startswith(f"{API}staff/") else api).get(addresses(path))
        assert response.status_code == 200, path
        assert_keeps(document, promised["schema"], response.json())
        read += 1
    assert read >= 15


def test_fields_is_offered_where_it_is_taken(document, addresses, api, staff_api):
    for path, method, operation in operations(document):
        if method != "get" or path == f"{API}runs/{{id}}/" or path.endswith("/events/"):
            continue
        client = staff_api if path.startswith(f"{API}staff/") else api
        takes = client.get(addresses(path), {"fields": "nope"}).status_code == 400
        offers = FIELDS in {parameter["name"] for parameter in operation["parameters"]}
        assert takes is offers, path


def test_the_requests_in_the_document_work(document, api, task):
    sent = 0
    for path, method, operation in operations(document):
        for example in operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("examples", {}).values():
            response = getattr(api, method)(path, example["value"])
            promised = operation["responses"][str(response.status_code)]["content"][JSON]["schema"]
            assert response.status_code < 300, (path, response.content)
            assert_keeps(document, promised, response.json())
            sent += 1
    assert sent >= 3


def test_the_answers_in_the_document_keep_to_it(document):
    shown = 0
    for _, _, operation in operations(document):
        for response in operation["responses"].values():
            for content in response.get("content", {}).values():
                for example in content.get("examples", {}).values():
                    assert_keeps(document, content["schema"], example["value"])
                    shown += 1
    assert shown >= 4


def test_the_answers_in_the_document_have_the_keys_of_real_ones(document, api, task, graded):
    for path in ("tasks/", "submissions/"):
        content = document["paths"][f"{API}{path}"]["get"]["responses"]["200"]["content"][JSON]
        [example] = content["examples"].values()
        real = api.get(f"{API}{path}").json()
        assert example["value"].keys() == real.keys()
        assert example["value"]["results"][0].keys() == real["results"][0].keys()


def test_the_schema_is_generated_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
    assert (tmp_path / "schema.yml").stat().st_size > 0


def test_the_docs_keep_the_content_security_policy(client):
    response = client.get("/api/docs/")
    page = response.content.decode()
    assert response.headers["Content-Security-Policy"].count("unsafe") == 0
    assert ("<style" in page, re.findall(r"<script>", page), re.findall(r"https?://", page)) == (False, [], [])
    assert len(re.findall(r'<script src="/', page)) == 3
