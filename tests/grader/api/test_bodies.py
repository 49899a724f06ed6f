"""What a body of the API may be, and the sentence that anything else meets."""

import json

import pytest

from tests.grader.api.client import SUBMISSIONS, assert_problem, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(learner, broker):
    """A function that posts a body and returns the problem that it meets."""
    api = client_of(learner)

    def send(body, status=400, content_type="application/json"):
        return assert_problem(api.post(SUBMISSIONS, body, content_type=content_type), status)["detail"]

    return send


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b" \n", "The request body is empty. Send a JSON object."),
        (b"{", "The body is not JSON: Expecting property name enclosed in double quotes at line 1, column 2."),
        (b'{"a": 1} x', "The body is not JSON: Extra data at line 1, column 10."),
        (b"[]", "The body is an array. Send a JSON object: {...}."),
        (b'"x"', "The body is a string. Send a JSON object: {...}."),
        (b"null", "The body is null. Send a JSON object: {...}."),
        (b"true", "The body is a truth value. Send a JSON object: {...}."),
        (b"1", "The body is a number. Send a JSON object: {...}."),
        (b'{"a": NaN}', "NaN is not JSON. Send a number, or null."),
        (b'{"a": [-Infinity]}', "-Infinity is not JSON. Send a number, or null."),
        (b'{"a": 1e999}', "A number is too large: JSON numbers of up to 1e308 are accepted."),
        (b'{"a": -1234567890123456789}', "A number has 19 digits; at most 18 are accepted."),
        (b'{"a": ' + b"9" * 10_000 + b"}", "A number has 10,000 digits; at most 18 are accepted."),
        (b'{"task": "a", "task": "b"}', "The name 'task' stands twice in one object. Give each name once."),
        (b'{"a": {"b": 1, "b": 1}}', "The name 'b' stands twice in one object. Give each name once."),
        (b'{"a": "\xff"}', "Byte 8 of the body is not UTF-8, in which JSON is written."),
        ('{"a": 1}'.encode("utf-16"), "Byte 1 of the body is not UTF-8, in which JSON is written."),
        (b'{"backend": "x\\ud800"}', "Character 2 of a text is half of a surrogate pair. Send text encoded as UTF-8."),
        (b'{"\\udfff": 1}', "Character 1 of a text is half of a surrogate pair. Send text encoded as UTF-8."),
    ],
)
def test_what_is_no_object_in_plain_json_is_named(send, body, detail):
    assert send(body) == detail


def test_nothing_at_all_lacks_every_field(learner, broker):
    problem = assert_problem(client_of(learner).post(SUBMISSIONS, b"", content_type="application/json"), 400)
    assert [each["pointer"] for each in problem["errors"]] == ["#/task", "#/source", "#/backend"]


def nested(levels):
    """Return an object of so many levels."""
    return b'{"a": ' * (levels - 1) + b"[]" + b"}" * (levels - 1)


@pytest.mark.parametrize("levels", [33, 500, 30_000])
def test_what_is_nested_too_deeply_is_refused(send, levels):
    assert send(nested(levels)) == "The body is nested too deeply: at most 32 levels are accepted."


def test_what_is_nested_less_is_read(send):
    assert send(nested(32)).startswith("There is no such field.")


@pytest.mark.parametrize("field", ["task", "source", "backend"])
@pytest.mark.parametrize("value", ["x\0", 7, ["x"], {"x": 1}, None, True])
def test_a_field_of_another_kind_is_a_bad_request(learner, broker, task, field, value):
    fields = {"task": "mean-squared-error", "source": "x = 1", "backend": "numpy"} | {field: value}
    response = client_of(learner).post(SUBMISSIONS, json.dumps(fields), content_type="application/json")
    assert [each["pointer"] for each in assert_problem(response, 400)["errors"]] == [f"#/{field}"]


@pytest.mark.parametrize("charset", ["latin-1", "bz2_codec", "punycode", "no-such-charset", "utf-16"])
def test_another_charset_is_named(send, charset):
    detail = f"The charset '{charset}' is not read here: JSON is written in UTF-8."
    assert send(b"{}", content_type=f"application/json; charset={charset}") == detail


def test_utf_8_may_be_said(send):
    assert send(b"{}", content_type="application/json; charset=UTF-8") == "The request is not valid."


def test_a_body_is_read_no_further_than_a_source_may_be(send):
    assert (
        send(b" " * 500_000, 413) == "The request body is larger than 397,312 bytes. A source may have at most 65,536."
    )
