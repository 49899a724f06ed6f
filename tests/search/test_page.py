"""The page of results without a script, and the list that its script asks for."""

import pytest

from tests.web.html import elements, text


@pytest.fixture(autouse=True)
def visitor(client, catalogue, broker):
    return client


def ask(client, query, **parameters):
    return client.get("/search/", {"q": query, **parameters})


def test_results_are_grouped_and_counted(visitor):
    response = ask(visitor, "convolution")
    assert "2 lessons and 2 tasks for “convolution”" in text(response)
    assert [heading["id"] for heading in elements(response, "h2")] == ["search-lessons", "search-tasks"]
    assert elements(response, "a", href="/courses/convolutional-networks/convolution/")
    assert elements(response, "a", href="/tasks/conv2d-backward/")
    assert "<title>“convolution” · Baremath</title>" in response.content.decode()


def test_the_form_keeps_the_query(visitor):
    response = ask(visitor, '  "><script>alert(1)</script> ')
    assert elements(response, "input", id="search-query", value='"><script>alert(1)</script>')
    assert b"<script>alert" not in response.content
    assert "nothing found" in response.content.decode().split("</title>")[0]


def test_a_slip_of_the_finger_is_told_and_set_right(visitor):
    response = ask(visitor, "convlution")
    assert "Nothing holds “convlution”. These hold “ convolution ”." in text(response)
    assert elements(response, "a", href="/tasks/conv2d-forward/")


@pytest.mark.parametrize("query", ["", "qqqqqqqq"])
def test_where_nothing_is_found_there_is_a_way_on(visitor, query):
    response = ask(visitor, query)
    assert "Where to begin" in text(response)
    assert elements(response, "a", href="/courses/convolutional-networks/convolution/")
    assert ("Nothing found for “qqqqqqqq”." in text(response)) == bool(query)


def test_the_list_is_a_listbox_alone(visitor):
    response = ask(visitor, "convolution", fragment="1")
    assert elements(response, "header") == []
    assert [listbox["data-said"] for listbox in elements(response, "div", role="listbox")] == ["2 lessons, 2 tasks."]
    options = elements(response, "a", role="option")
    assert options[0]["href"] == "/courses/convolutional-networks/convolution/"
    assert {option["tabindex"] for option in options} == {"-1"}


def test_the_list_says_that_there_is_nothing(visitor):
    response = ask(visitor, "<qqqqqqqq>", fragment="1")
    assert elements(response, "div", role="listbox", data_said="Nothing found.")
    assert "Nothing found for “<qqqqqqqq>”" in text(response)


@pytest.mark.parametrize("query", ["\0", "%00", "x" * 10_000, "😀", "' OR 1=1 --"])
def test_a_hostile_query_is_answered(visitor, query):
    assert ask(visitor, query).status_code == 200
    assert ask(visitor, query, fragment="1").status_code == 200


def test_only_reading_is_possible(visitor):
    assert visitor.post("/search/", {"q": "x"}).status_code == 405


@pytest.mark.parametrize(("query", "queries"), [("gradient", 2), ("a", 2), ("convlution", 4), ("qqqqqqqq", 3), ("", 1)])
def test_queries_for_a_visitor(visitor, query, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        ask(visitor, query)
