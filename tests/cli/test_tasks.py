import json
import stat

import pytest

from tests.cli.conftest import result_of
from tests.cli.server import Answer, page, task

DETAIL = task(
    entry="conv2d_forward",
    statement="Write it.\n\n$y = x * w$\n",
    starters={"numpy": "import numpy as np\n", "torch": "import torch\n"},
)
HEADER = "# baremath: task=conv2d-forward backend=numpy\n"


@pytest.fixture
def convolution(server):
    server.on("GET", "tasks/conv2d-forward/", Answer(body=DETAIL))


def test_the_tasks_are_a_table_of_whole_lines_in_a_pipe(terminal, server):
    long = "A title that is longer than any terminal is wide, so that a table of it would have to be cut" * 2
    server.on("GET", "tasks/", page(task(), task("adam", title=long, state="done", course=None, difficulty=None)))
    lines = terminal.run("tasks").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["TASK", "conv2d-forward", "adam"]
    assert lines[1].split() == ["conv2d-forward", "open", "3", "Convolution,", "forward", "convolutional-networks"]
    assert lines[2].split(maxsplit=2) == ["adam", "done", long]


def test_all_pages_of_the_tasks_are_read_and_the_choice_is_the_server_s(terminal, server):
    server.on("GET", "tasks/", page(task(), next="http://elsewhere.invalid/api/v1/tasks/?cursor=2"), page(task("adam")))
    said = terminal.run("tasks", "--course", "sequences", "--state", "begun", "--json")
    assert [each["slug"] for each in json.loads(said.stdout)] == ["conv2d-forward", "adam"]
    assert [each.path.partition("?")[2] for each in server.to("GET", "tasks/")] == [
        "page_size=100&course=sequences&state=begun",
        "cursor=2",  # and from the server that was asked before, with the token
    ]


def test_the_tasks_can_be_listed_without_signing_in_but_not_by_one_s_state(stranger):
    assert stranger.run("tasks").returncode == 0
    assert stranger.run("tasks", "--state", "done").returncode == 2


def test_a_list_of_nothing_is_empty_and_said(terminal, server):
    server.on("GET", "tasks/", page())
    assert result_of(terminal.run("tasks")) == (0, "", "There is no such task.\n")


def test_nothing_that_a_server_says_moves_the_cursor(terminal, server):
    server.on("GET", "tasks/", page(task(title="\x1b]0;owned\x07 \x9b2J [bold]bold[/] \u202eright\rto left \ud800")))
    [_, line] = terminal.run("tasks").stdout.splitlines()
    assert r"\x1b]0;owned\x07 \x9b2J [bold]bold[/] \u202eright\x0dto left \ud800" in line


def test_a_task_is_brought_here(stranger, convolution):
    said = stranger.run("get", "conv2d-forward")
    assert result_of(said) == (
        0,
        "Wrote conv2d-forward/statement.md\nWrote conv2d-forward/conv2d_forward.py\n",
        "Edit it, then: baremath test conv2d-forward/conv2d_forward.py\n",
    )
    folder = stranger.folder / "conv2d-forward"
    assert (folder / "statement.md").read_text() == "# Convolution, forward\n\nWrite it.\n\n$y = x * w$\n"
    assert (folder / "conv2d_forward.py").read_text() == HEADER + "import numpy as np\n"
    assert stat.S_IMODE((folder / "conv2d_forward.py").stat().st_mode) == 0o644


def test_the_learner_s_work_is_kept_unless_forced(stranger, convolution):
    mine = stranger.write("here/conv2d-forward/conv2d_forward.py", "mine\n")
    said = stranger.run("get", "conv2d-forward", "--dir", "here")
    assert said.stdout == "Wrote here/conv2d-forward/statement.md\n"
    assert said.stderr.startswith("Kept here/conv2d-forward/conv2d_forward.py")
    assert mine.read_text() == "mine\n"
    assert stranger.run("get", "conv2d-forward", "--dir", "here", "--force").returncode == 0
    assert mine.read_text() == HEADER + "import numpy as np\n"


def test_a_backend_can_be_chosen_among_those_of_the_task(stranger, convolution):
    said = stranger.run("get", "conv2d-forward", "--backend", "jax")
    assert result_of(said) == (2, "", "The task takes numpy and torch, not jax: change --backend.\n")
    assert stranger.run("get", "conv2d-forward", "--backend", "torch").returncode == 0
    source = (stranger.folder / "conv2d-forward" / "conv2d_forward.py").read_text()
    assert source == "# baremath: task=conv2d-forward backend=torch\nimport torch\n"


@pytest.mark.parametrize("entry", ["../../evil", "a/b", "", "a b"])
def test_a_server_does_not_choose_where_files_are_written(stranger, server, entry):
    server.on("GET", "tasks/conv2d-forward/", Answer(body=DETAIL | {"entry": entry}))
    said = stranger.run("get", "conv2d-forward")
    assert (said.returncode, list(stranger.folder.iterdir())) == (3, [])
    assert said.stderr.startswith(f"The server names the entry “{entry}”, which is no name in Python")


@pytest.mark.parametrize("slug", ["../x", "a/b", "a b", ""])
def test_what_is_no_slug_is_a_sentence(stranger, slug):
    said = stranger.run("get", slug)
    assert said.returncode == 2
    assert said.stderr.startswith(f"“{slug}” is not the slug of a task")


def test_a_task_that_does_not_exist_is_told_from_a_wrong_call(stranger):
    assert result_of(stranger.run("get", "nope")) == (1, "", "There is no task “nope”: baremath tasks lists them.\n")


def test_a_folder_that_cannot_be_made_is_a_sentence(stranger, convolution):
    stranger.write("file", "")
    said = stranger.run("get", "conv2d-forward", "--dir", "file")
    assert (said.returncode, said.stderr) == (
        2,
        "file/conv2d-forward/statement.md cannot be written: Not a directory.\n",
    )


def test_in_a_pipe_the_address_of_a_page_is_printed(stranger, server, tmp_path):
    name = "0f0e0d0c-0b0a-4908-8706-050403020100"
    for what, address in ([], "/"), (["adam"], "/tasks/adam/"), ([name], f"/submissions/{name}/"):
        said = stranger.run("open", *what, BROWSER=f"touch {tmp_path}/opened")
        assert result_of(said) == (0, f"{server.url}{address}\n", "")
    assert not (tmp_path / "opened").exists()
