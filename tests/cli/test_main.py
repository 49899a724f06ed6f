import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.cli.conftest import result_of

COMMANDS = [
    "login", "logout", "whoami", "tasks", "get", "open", "test", "submit", "status", "history", "grade-folder",
    "completion",
]  # fmt: skip


def test_help_shows_the_way_and_every_command_in_its_order(stranger):
    said = stranger.run("--help")
    walk = [line.split()[1] for line in said.stdout.splitlines() if line.startswith("  baremath ")]
    assert walk == ["login", "tasks", "get", "test", "submit"]
    listed = said.stdout.partition("Commands:\n")[2]
    assert [line.split()[0] for line in listed.splitlines()] == COMMANDS
    assert result_of(stranger.run()) == result_of(said) == (0, said.stdout, "")


@pytest.mark.parametrize("arguments", [["--nonsense"], ["nonsense"], ["get"], ["submit", "x.py", "--timeout", "soon"]])
def test_a_call_that_is_none_says_where_the_help_is(stranger, arguments):
    said = stranger.run(*arguments)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.splitlines()[-1].startswith("Try: baremath")


def test_output_that_cannot_be_written_is_a_sentence(stranger):
    command = stranger.command("open", "adam")
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            command, env=stranger.environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (ended.returncode, ended.stderr) == (2, "The output cannot be written: No space left on device.\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_shell_and_says_what_to_do_with_it(stranger, shell):
    said = stranger.run("completion", shell)
    assert said.returncode == 0
    assert f"_BAREMATH_COMPLETE={shell}_complete" in said.stdout
    assert said.stderr.startswith("To have it in every shell:  ")


def test_the_tab_key_completes_commands(stranger):
    said = stranger.run(_BAREMATH_COMPLETE="bash_complete", COMP_WORDS="baremath su", COMP_CWORD="1")
    assert said.stdout == "plain,submit\n"


def test_importing_the_commands_imports_neither_the_server_nor_what_is_slow():
    program = "import sys, lms.cli.main; print({name.partition('.')[0] for name in sys.modules} & set(sys.argv[1:]))"
    heavy = ["django", "celery", "numpy", "grader", "courses", "httpx", "rich"]
    found = subprocess.run(
        [sys.executable, "-c", program, *heavy],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(settings.BASE_DIR / "platform")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == "set()\n"


def test_a_wheel_holds_the_command_line_and_its_start(tmp_path):
    pip = [sys.executable, "-m", "pip", "--no-input", "--disable-pip-version-check"]
    wheel = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(settings.BASE_DIR)]
    subprocess.run(wheel, capture_output=True, check=True, timeout=120)
    [file] = tmp_path.glob("baremath-*.whl")
    folder = tmp_path / "installed"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(folder), str(file)], capture_output=True, check=True)
    said = subprocess.run(
        [str(folder / "bin" / "baremath"), "--version"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == f"baremath {file.name.split('-')[1]}\n"
