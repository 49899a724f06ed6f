"""The whole walk of the command line, against all of Baremath: on SQLite as `manage.py up`, on PostgreSQL and Redis."""

import csv
import json
import re
import subprocess

import pytest
from django.conf import settings

from tests.cli.conftest import Terminal
from tests.system import convolution
from tests.system.client import Client
from tests.system.composed import composed
from tests.system.embedded import embedded

pytestmark = [pytest.mark.system, pytest.mark.jail]

PASSWORD = "rebuild-it-from-scratch"
FILE = "conv2d-forward/conv2d_forward.py"


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def url(request, tmp_path_factory):
    if request.param == "SQLite":
        with embedded(tmp_path_factory.mktemp("cli") / "data") as stack:
            yield stack.url
    else:
        with composed() as stack:
            yield stack.url


@pytest.fixture(scope="module")
def browser(url):
    """A learner who is signed in on the pages."""
    client = Client(url)
    client.sign_up("ada", PASSWORD)
    return client


@pytest.fixture(scope="module")
def terminal(tmp_path_factory, url, browser):
    """A terminal let in by the code that it shows."""
    terminal = Terminal(tmp_path_factory.mktemp("terminal"), url)
    with terminal.start("login") as process:
        page, code = (process.stdout.readline().split()[1] for _ in range(2))
        assert page == f"{url}/device/"
        browser.get(f"/device/?code={code}")
        browser.post("/device/", {"code": code, "decision": "approve"})
        said, errors = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, f"Signed in to {url} as ada.\n"), errors
    return terminal


def test_the_walk_from_a_task_to_its_verdicts(terminal):
    assert json.loads(terminal.run("whoami", "--json").stdout)["scopes"] == ["read", "submit"]
    assert re.search(r"^conv2d-forward .* open ", terminal.run("tasks").stdout, re.MULTILINE)
    assert terminal.run("get", "conv2d-forward").returncode == 0
    file = terminal.folder / FILE
    header = file.read_text().partition("\n")[0] + "\n"
    assert terminal.run("test", FILE).returncode == 1  # the starter

    file.write_text(header + convolution.WRONG)
    tried = terminal.run("test", FILE)
    assert (tried.returncode, "FAILED" in tried.stdout, "expected" in tried.stdout) == (1, True, True)
    wrong = terminal.run("submit", "--wait", "--json", FILE)
    assert wrong.returncode == 1, wrong
    assert json.loads(wrong.stdout)["misconceptions"] == [convolution.MISTAKE]

    file.write_text(header + convolution.CORRECT)
    assert terminal.run("test", FILE).returncode == 0
    right = terminal.run("submit", "--wait", FILE)
    assert (right.returncode, "conv2d-forward: accepted 10 of 10 points" in right.stdout) == (0, True), right
    assert terminal.run("status").returncode == 0
    listed = [each["verdict"] for each in json.loads(terminal.run("history", "--json").stdout)]
    assert listed == ["accepted", "wrong_answer"]
    done = json.loads(terminal.run("tasks", "--state", "done", "--json").stdout)
    assert [each["slug"] for each in done] == ["conv2d-forward"]


def test_one_s_own_input_and_what_is_wrong_with_it(terminal):
    name = "mean_squared_error.py"
    source = "def mean_squared_error(y_true, y_pred):\n    return float(((y_true - y_pred) ** 2).mean())\n"
    terminal.write(name, f"# baremath: task=mean-squared-error backend=numpy\n{source}")
    ran = terminal.run("test", name, "--input", "y_true=[1.0, 2.0]", "--input", "y_pred=[1.0, 4.0]")
    assert (ran.returncode, ran.stdout.splitlines()[1].strip()) == (0, "2")
    wrong = terminal.run("test", name, "--input", "y_true=[1.0, 2.0]", "--input", "y_pred=import os")
    assert (wrong.returncode, "#/inputs" in wrong.stderr or "y_pred" in wrong.stderr) == (2, True), wrong.stderr


def test_a_folder_is_graded_through_the_api(terminal):
    tasks = ["mean-squared-error", "stable-sigmoid", "stable-softmax"]
    for slug in tasks:
        [folder] = settings.CONTENT_DIR.glob(f"*/*/{slug}/submissions")
        for kind, verdict in ("accepted", "right"), ("wrong_answer", "wrong"):
            files = sorted(path for path in (folder / kind).glob("*.py") if "torch" not in path.read_text())
            terminal.write(f"class/{slug}/{verdict}.py", files[0].read_text())
    graded = terminal.run("grade-folder", "class", "--output", "results.csv")
    assert graded.returncode == 1, graded
    with (terminal.folder / "results.csv").open(newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}
    assert {name: row["verdict"] == "accepted" for name, row in rows.items()} == {
        f"{slug}/{name}.py": name == "right" for slug in tasks for name in ("right", "wrong")
    }
    again = terminal.run("grade-folder", "class", "--output", "results.csv")
    assert (again.returncode, again.stderr) == (1, "0 of 6 files are to be graded.\n")
    assert len(json.loads(terminal.run("history", "--limit", "100", "--json").stdout)) == 8


def test_signing_out_leaves_no_token_behind_that_works_here(terminal, browser, url):
    assert terminal.run("logout").returncode == 0
    said = terminal.run("submit", FILE)
    assert (said.returncode, said.stderr.startswith(f"You are not signed in to {url}.")) == (2, True)
    assert (
        subprocess.run(
            terminal.command("--help"), env=terminal.environment, check=False, capture_output=True
        ).returncode
        == 0
    )
