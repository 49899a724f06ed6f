import pytest

from tests.cli.server import NO_STREAM, Answer, array, created

RUN = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def runs(server):
    def end(code="accepted", **result):
        server.on("POST", "runs/", created(RUN))
        server.on("GET", f"runs/{RUN}/events/", NO_STREAM)
        body = {"id": RUN, "status": "graded", "result": {"code": code, "samples": []} | result}
        server.on("GET", f"runs/{RUN}/", Answer(body=body))

    return end


def test_a_test_shows_each_shown_case(terminal, runs, file):
    good = {
        "name": "two by three",
        "passed": True,
        "inputs": {"x": array([1])},
        "got": array([1]),
        "expected": array([1]),
    }
    bad = {"name": "one pixel", "passed": False, "inputs": {"x": array([7])}, "got": None, "expected": array([8])}
    runs("wrong_answer", samples=[good, bad | {"message": "Nothing was returned.", "prints": "seen\n"}])
    said = terminal.run("test", file.name)
    assert said.returncode == 1
    assert (
        said.stdout
        == """\
passed  two by three
FAILED  one pixel
  Nothing was returned.
  x  float64 (1, 1)
     7
  expected  float64 (1, 1)
     8
  printed:
    seen
"""
    )


def test_values_are_shown_where_they_say_something(terminal, runs, file):
    bad = {"name": "one", "passed": False, "inputs": {"x": array([7])}, "message": "The run ended.", "got": None}
    runs("run_time_error", samples=[bad, bad | {"name": "two", "inputs": {"x": array([8])}}])
    lines = ["FAILED  one", "  The run ended.", "  x  float64 (1, 1)", "     7", "FAILED  two", "  The run ended."]
    assert terminal.run("test", file.name).stdout.splitlines() == lines


def test_one_s_own_input_is_sent_as_it_was_written(terminal, server, runs, file):
    runs("returned", outputs={"": array([2.5])}, note="This is no tuple.", samples=None)
    said = terminal.run("test", file.name, "--input", "x=[[1, 2]]", "--input", "stride = 2")
    assert said.stdout == "  returned  float64 (1, 1)\n     2.5\nThis is no tuple.\n"
    assert said.returncode == 0
    assert server.bodies("POST", "runs/")[0]["inputs"] == {"x": "[[1, 2]]", "stride": " 2"}


@pytest.mark.parametrize("given", [["x"], ["=1"], ["a b=1"], ["x=1", "x=2"]])
def test_an_input_that_is_none_is_a_sentence(terminal, server, file, given):
    said = terminal.run("test", file.name, *(part for each in given for part in ("--input", each)))
    assert (said.returncode, server.asked) == (2, [])
