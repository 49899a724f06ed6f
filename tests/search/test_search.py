"""What is found, in which order, and how it is shown. `test_postgresql` runs all of this once more."""

import shutil

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.catalogue import sync
from lms.search.selectors import closest_query, search
from lms.search.words import fold

FILLER = "Some words about other things. " * 30


def found(query, limit=20):
    return [hit.title for hit in search(query, limit)]


def test_a_title_counts_more_than_a_heading_and_a_heading_more_than_text(teach):
    teach(
        text=("First", "kernel " * 100),
        heading=("Second", f"## A kernel\n\n{FILLER}"),
        title=("Kernel methods", FILLER * 20),
    )
    assert found("kernel") == ["Kernel methods", "Second", "First"]


def test_the_title_that_is_the_query_comes_before_titles_that_hold_it(teach):
    teach(a=("More about dropout", "dropout " * 50), b=("Dropout", FILLER), c=("Dropout again", "dropout " * 50))
    for typed in ("dropout", "drop"):
        assert found(typed) == ["Dropout", "Dropout again", "More about dropout"]


@pytest.mark.parametrize(
    "query",
    ["convolution", "convo", "CONVOLUTIONS", "  convolution ", "convolution, pooling", "pool", "pooled", "Köhler",
     "kohler", "normalization", "normalise", "k means", "k-means", "two words", "naïve"],
)  # fmt: skip
def test_words_are_found_however_they_are_written(teach, query):
    teach(
        here=("Convolution", "Pooling after Köhler, naive or normalised, with k-means in two words."),
        other=("Trees", "Keep two naves."),
    )
    assert found(query) == ["Convolution"]


def test_all_words_must_occur(teach):
    teach(one=("Red", "green blue"), two=("Green", "yellow"))
    assert found("green blue") == ["Red"]
    assert found("green purple") == []


def test_a_letter_within_a_query_stands_for_itself(teach):
    teach(kmeans=("Clusters", "k means"), other=("Kernels", "keep the mean"))
    assert found("k means") == ["Clusters"]
    assert set(found("k")) == {"Clusters", "Kernels"}  # still being typed


@pytest.mark.parametrize(
    "query",
    ["", " ", '"', "'", "*", '"unclosed', "a AND", "OR", "NOT kernel", "NEAR(a b)", "title:kernel", "kernel)", "(((",
     "-kernel", "^kernel", "{kernel}", "a:b:c", "!&|", "kernel:*", "'; DROP TABLE search_document; --", "%", "_", "\\",
     "\0", "ker\0nel", "😀", "👩‍👩‍👧", "\ud800", "e\u0301", "ﬁ", "ß", "İ", "x" * 10_000, "kernel " * 1_500, "٣", "½",
     "中文", "a\u202eb", "𞤀𞤁"],
    ids=lambda query: repr(query[:12]),
)  # fmt: skip
def test_any_text_may_be_asked_for(teach, query):
    teach(one=("Kernel", "kernel"))
    assert isinstance(search(query, 20), list)
    assert isinstance(closest_query(query), str)
    assert found("kernel") == ["Kernel"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60))
def test_no_text_is_an_error(catalogue, query):
    for hit in search(query, 5):
        assert hit.title


@given(text=st.text())
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


def test_marks_of_markdown_and_commands_of_tex_are_no_words(teach):
    body = "A **bold** [link](https://nowhere.example/path) and $\\frac{a}{b}$ with $n$ of them.\n\n$$\\mathrm{x}$$\n"
    teach(one=("One", body + "\n```python\nnp.einsum\n```\n"))
    assert [found(word) for word in ("frac", "mathrm", "nowhere", "einsum")] == [[]] * 4
    assert str(search("bold", 1)[0].snippet) == "In short. A <mark>bold</mark> link and … with n of them."


def test_the_passage_is_marked_and_harmless(teach):
    teach(one=("One", FILLER + "Compare a < b && <script>alert(1)</script> with Kernels. " + FILLER))
    snippet = str(search("script kernel", 1)[0].snippet)
    assert "a &lt; b &amp;&amp; &lt;<mark>script</mark>&gt;" in snippet
    assert "<mark>Kernels</mark>" in snippet
    assert "<script" not in snippet
    assert len(snippet) < 400


def test_a_passage_shows_the_words_together_where_they_stand_together(teach):
    teach(one=("One", f"A loss. {FILLER} The weight decays, and the loss with it. {FILLER}"))
    assert "The <mark>weight</mark> decays, and the <mark>loss</mark>" in str(search("loss weight", 1)[0].snippet)


def test_a_task_is_found_by_title_concept_and_name_of_its_function(catalogue):
    for query in ("convolution forward", "cross-correlation", "conv2d_forward"):
        hit = search(query, 1)[0]
        assert (hit.kind, hit.title, hit.course) == ("task", "Convolution, forward", "Convolutional networks")
        assert hit.address == "/tasks/conv2d-forward/"


def test_the_index_follows_what_is_on_disk(teach, content, copy_task):
    teach(one=("One", "kernel"), two=("Two", "kernel"))
    task = copy_task("course/01-one/other-task")
    sync()
    assert found("squared") == ["Mean squared error"]
    shutil.rmtree(task)
    shutil.rmtree(content / "course/02-two")
    sync()
    assert found("squared") == []
    assert found("kernel") == ["One"]


def test_reading_again_leaves_nothing_behind(catalogue):
    rows = {"sqlite": "search_words_docsize", "postgresql": "search_document"}[connection.vendor]

    def count():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {rows}")
            return cursor.fetchone()

    before = count()
    sync()
    assert count() == before != (0,)


@pytest.mark.parametrize(
    ("query", "closest"),
    [("convlution", "convolution"), ("atention", "attention"), ("gradient decsent", "gradient descent")],
)
def test_a_slip_of_the_finger_is_set_right(catalogue, query, closest):
    assert closest_query(query) == closest


@pytest.mark.parametrize("query", ["convolution", "conv", "qqqqqqqq", ""])
def test_what_cannot_be_bettered_is_left(catalogue, query):
    assert closest_query(query) == ""


@pytest.mark.parametrize(("query", "queries"), [("a", 2), ("gradient descent", 2), ("qqqq", 1), ("!!", 0)])
def test_the_database_is_asked_twice_whatever_is_found(catalogue, query, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        search(query, 40)
