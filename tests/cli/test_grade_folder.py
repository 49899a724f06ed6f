import csv
import json
import signal
import threading
from collections import Counter

import pytest

from tests.cli.conftest import result_of
from tests.cli.server import Answer, page, problem, submission, task


class Class:
    """A server that grades what it is handed: each source is accepted if it says so. Keys are honoured."""

    def __init__(self, server):
        self.server = server
        self.made = {}  # submission id -> source
        self.keys = {}
        self._lock = threading.Lock()
        server.on("POST", "submissions/", self.take)
        server.on("GET", "tasks/", page(task(), task("adam")))

    def take(self, asked):
        with self._lock:
            key = asked.headers["idempotency-key"]
            if key not in self.keys:
                self.keys[key] = name = f"{len(self.keys):08x}-0000-4000-8000-000000000000"
                self.made[name] = asked.body
                self.server.on("GET", f"submissions/{name}/", Answer(body=self.graded(name)))
        return Answer(202, {"id": self.keys[key], "status": "queued"})

    def graded(self, name):
        source = self.made[name]["source"]
        verdict = next(word for word in ("accepted", "internal_error", "wrong_answer") if word in source)
        checks = [{"name": str(place), "passed": place < 2, "points": 1, "max_points": 1} for place in range(3)]
        found = ["flipped-kernel", "sum-for-mean"] if verdict == "wrong_answer" else []
        return submission(verdict=verdict, id=name, checks=checks, misconceptions=found)

    def sources(self):
        return Counter(body["source"] for body in self.made.values())


@pytest.fixture
def klass(server):
    return Class(server)


@pytest.fixture
def folder(terminal):
    terminal.write("class/conv2d-forward/ada.py", "# accepted\n")
    terminal.write("class/conv2d-forward/emmy.py", "# wrong_answer\n")
    terminal.write("class/grace/adam.py", "# accepted by name\n")
    terminal.write("class/notes.txt", "not Python\n")
    return terminal.folder / "class"


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_of_a_folder_is_graded_and_written(terminal, klass, folder):
    said = terminal.run("grade-folder", "class", "--output", "results.csv")
    assert (said.returncode, said.stderr) == (1, "")
    assert said.stdout.splitlines() == ["VERDICT       FILES", "accepted      2", "wrong answer  1"]
    found = rows(terminal.folder / "results.csv")
    assert [(row["file"], row["task"], row["verdict"], row["score"]) for row in found] == [
        ("conv2d-forward/ada.py", "conv2d-forward", "accepted", "10.0"),
        ("conv2d-forward/emmy.py", "conv2d-forward", "wrong_answer", "4.0"),
        ("grace/adam.py", "adam", "accepted", "10.0"),
    ]
    assert [(row["misconceptions"], row["checks_passed"], row["checks"]) for row in found][1] == (
        "flipped-kernel sum-for-mean",
        "2",
        "3",
    )
    assert {klass.made[row["submission"]]["task"] for row in found} == {"conv2d-forward", "adam"}
    assert sorted(path.name for path in terminal.folder.iterdir()) == ["class", "results.csv"]


def test_all_accepted_is_success_and_json_holds_numbers(terminal, klass, folder):
    command = ("grade-folder", "class", "--pattern", "a*.py", "--task", "adam", "--output", "results.json")
    assert terminal.run(*command).returncode == 0
    found = json.loads((terminal.folder / "results.json").read_text())
    assert [(row["task"], row["score"], row["checks_passed"], row["error"]) for row in found] == [
        ("adam", 10.0, 2, "")
    ] * 2


def test_a_file_that_cannot_be_handed_in_has_a_row_that_says_why(terminal, klass, folder):
    (folder / "latin.py").write_bytes(b"# \xe9\n")
    terminal.write("class/unclear.py", "# accepted\n")
    said = terminal.run("grade-folder", "class", "--output", "results.csv")
    assert said.returncode == 1
    errors = {
        row["file"]: row["error"].partition(" (")[0] for row in rows(terminal.folder / "results.csv") if row["error"]
    }
    assert errors["latin.py"] == "class/latin.py is not UTF-8 text"
    assert errors["unclear.py"].startswith("class/unclear.py names no task: give --task")
    assert len(klass.made) == 3


def test_what_the_server_says_of_a_file_is_its_row_and_no_outage(terminal, server, klass, folder):
    errors = [{"pointer": "#/source", "detail": "=HYPERLINK(1)"}]
    server.on("POST", "submissions/", problem(400, "=HYPERLINK(1)", errors=errors))
    assert terminal.run("grade-folder", "class", "--output", "results.csv").returncode == 1
    found = [row["error"] for row in rows(terminal.folder / "results.csv")]
    assert found == ["'=HYPERLINK(1)"] * 3  # a spreadsheet must not compute it


def test_only_what_is_new_changed_or_without_verdict_is_graded_again(terminal, klass, folder):
    command = ("grade-folder", "class", "--output", "results.csv")
    terminal.write("class/conv2d-forward/ours.py", "# internal_error\n")
    assert terminal.run(*command).returncode == 3
    klass.made.clear()
    terminal.write("class/conv2d-forward/ours.py", "# internal_error\n")
    terminal.write("class/conv2d-forward/emmy.py", "# accepted now\n")
    terminal.write("class/conv2d-forward/new.py", "# accepted, new\n")
    said = terminal.run(*command)
    assert said.stderr == "3 of 5 files are to be graded.\n"
    assert set(klass.sources()) == {"# internal_error\n", "# accepted now\n", "# accepted, new\n"}
    assert len(rows(terminal.folder / "results.csv")) == 5
    klass.made.clear()
    assert terminal.run(*command, "--force").returncode == 3
    assert sum(klass.sources().values()) == 5


def test_stopped_in_the_middle_it_goes_on_and_nothing_is_submitted_twice(terminal, server, klass, folder):
    command = ("grade-folder", "class", "--jobs", "2", "--output", "results.csv")
    arrived = threading.Barrier(2, timeout=30)
    released = threading.Event()

    def take_and_lose(asked):
        """Two are taken; their answers never arrive."""
        klass.take(asked)
        arrived.wait()
        released.wait(30)
        return Answer()

    server.on("POST", "submissions/", klass.take, take_and_lose)
    with terminal.start(*command) as process:
        while len(klass.made) < 3:
            threading.Event().wait(0.02)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=20)
    released.set()
    assert process.returncode == 130
    assert stderr.startswith("What is graded is kept: the same command goes on from there.\n")
    server.on("POST", "submissions/", klass.take)
    assert terminal.run(*command).returncode == 1
    assert set(klass.sources().values()) == {1}
    assert len(rows(terminal.folder / "results.csv")) == 3


def test_a_submission_that_had_no_verdict_in_time_is_waited_for_and_not_made_again(terminal, server, klass):
    terminal.write("class/adam.py", "# accepted\n")

    def take_and_rest(asked):
        answer = klass.take(asked)
        server.on("GET", f"submissions/{answer.body['id']}/", Answer(body=submission("queued")))
        return answer

    server.on("POST", "submissions/", take_and_rest)
    command = ("grade-folder", "class", "--output", "results.csv")
    assert terminal.run(*command, "--timeout", "0.5").returncode == 3
    [late] = rows(terminal.folder / "results.csv")
    assert (late["verdict"], late["error"]) == ("", "There is no verdict after 0.5 s: queued.")
    server.on("GET", f"submissions/{late['submission']}/", Answer(body=submission(id=late["submission"])))
    assert terminal.run(*command).returncode == 0
    [row] = rows(terminal.folder / "results.csv")
    assert (row["submission"], row["verdict"], len(klass.made)) == (late["submission"], "accepted", 1)


def test_half_a_line_of_a_killed_grading_does_no_harm(terminal, klass, folder):
    known = {"file": "conv2d-forward/ada.py", "task": "conv2d-forward"}
    (terminal.folder / "results.csv.part").write_text('{"run": "r"}\n' + json.dumps(known)[:20])
    assert terminal.run("grade-folder", "class", "--output", "results.csv").returncode == 1
    assert len(rows(terminal.folder / "results.csv")) == 3


def test_the_rates_of_the_server_are_kept(terminal, server, klass, folder):
    wait = {"Retry-After": "1"}
    server.on("POST", "submissions/", problem(429, "Slowly.", wait), problem(503, "Full.", wait), klass.take)
    assert terminal.run("grade-folder", "class").returncode == 1
    assert (len(klass.made), len(server.to("POST", "submissions/"))) == (3, 5)


def test_a_server_that_is_full_for_good_ends_it_as_unavailable_and_keeps_what_is_there(terminal, server, klass, folder):
    server.on("POST", "submissions/", klass.take, problem(503, "Full.", {"Retry-After": "3600"}))
    said = terminal.run("grade-folder", "class", "--jobs", "1", "--output", "results.csv")
    assert said.returncode == 3
    assert [row["error"] for row in rows(terminal.folder / "results.csv")] == ["", "Full.", "Full."]
    assert len(server.to("POST", "submissions/")) == 2  # the third was not even tried
    server.on("POST", "submissions/", klass.take)
    assert terminal.run("grade-folder", "class", "--output", "results.csv").returncode == 1
    assert len(klass.made) == 3


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere"], "nowhere is not a folder. Give one; baremath submit takes a file."),
        (["class", "--pattern", "*.jl"], "No file in class is called like '*.jl'. --pattern says which ones to take."),
        (["class", "--pattern", "/x"], "--pattern '/x' cannot be used: Non-relative patterns are unsupported."),
        (["class", "--output", "results.xls"], "--output results.xls is not a file of a known kind"),
        (["class", "--output", "no/folder.csv"], "no/"),
        (["class", "--output", "other.csv"], "other.csv does not hold results of grade-folder."),
        (["class", "--output", "other.json"], "other.json does not hold results of grade-folder."),
        (["class", "--jobs", "0"], "Invalid value for '--jobs'"),
    ],
)
def test_a_call_that_cannot_work_is_a_sentence_and_submits_nothing(terminal, klass, folder, arguments, sentence):
    terminal.write("other.csv", "name,grade\nada,1\n")
    terminal.write("other.json", "[1]\n")
    said = terminal.run("grade-folder", *arguments)
    assert (said.returncode, said.stdout, said.stderr[: len(sentence)]) == (2, "", sentence)
    assert klass.made == {}


def test_one_source_under_two_names_is_one_submission_and_two_rows(terminal, klass):
    for name in ("ada", "emmy"):
        terminal.write(f"class/{name}/adam.py", "# accepted\n")
    assert result_of(terminal.run("grade-folder", "class", "--output", "results.csv"))[0] == 0
    assert len({row["submission"] for row in rows(terminal.folder / "results.csv")}) == len(klass.made) == 1
