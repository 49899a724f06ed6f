"""What a person sees: colours, tables that fit, a line of progress, a browser. A pseudo-terminal is the screen."""

import os
import pty
import re
import subprocess

import pytest

from tests.cli.server import ID, Answer, created, event, page, stream, submission, task
from tests.system.processes import wait_until

ESCAPE = "\x1b["


class Screen:
    """A terminal of 60 columns; `seen` is everything that was ever on it."""

    def __init__(self, terminal):
        self.terminal = terminal
        self.seen = ""

    def run(self, *arguments, typed=b"", **environment):
        """Run `baremath`; return (exit code, what was seen)."""
        self.seen = ""
        screen, program = pty.openpty()
        process = subprocess.Popen(
            self.terminal.command(*arguments),
            stdin=program,
            stdout=program,
            stderr=program,
            cwd=self.terminal.folder,
            env=self.terminal.environment | {"COLUMNS": "60", "LINES": "20"} | environment,
        )
        os.close(program)
        while part := _read(screen):
            self.seen += part.decode(errors="replace").replace("\r\n", "\n")
            if typed and "Token: " in self.seen:
                os.write(screen, typed)
                typed = b""
        os.close(screen)
        return process.wait(30), self.seen

    def wait_for(self, text):
        wait_until(lambda: text in self.seen)


@pytest.fixture
def screen(terminal):
    return Screen(terminal)


def _read(screen):
    try:
        return os.read(screen, 65536)
    except OSError:  # Linux says so when the last program has left the terminal
        return b""


@pytest.mark.parametrize(
    ("columns", "headers"),
    [(100, "TASK STATE LEVEL TITLE COURSE"), (60, "TASK STATE LEVEL TITLE"), (40, "TASK STATE LEVEL")],
)
def test_a_table_fits_the_terminal_and_its_names_stay_whole(screen, server, columns, headers):
    title = "A title that is as long as a good title may be, and quite a bit longer than that still"
    server.on("GET", "tasks/", page(task(title=title)))
    code, seen = screen.run("tasks", NO_COLOR="1", COLUMNS=str(columns))
    lines = re.sub(r"\x1b\[[0-9;]*m", "", seen).splitlines()
    assert (code, lines[0].split(), lines[1].split()[0]) == (0, headers.split(), "conv2d-forward")
    assert ["…" in line for line in lines] == [False, "TITLE" in headers]
    assert max(map(len, lines)) <= columns


def test_verdicts_have_a_colour_unless_nobody_wants_one(screen, server):
    server.on("GET", f"submissions/{ID}/", Answer(body=submission()))
    words = "conv2d-forward: accepted 10 of 10 points"
    assert screen.run("status", ID) == (0, f"{ESCAPE}32m{words}{ESCAPE}0m\n")
    assert screen.run("status", ID, NO_COLOR="1") == (0, f"{words}\n")


def test_waiting_says_the_place_the_case_and_why_it_is_paused(screen, server, terminal):
    server.on("POST", "submissions/", created())

    def told():
        """Say the next only when the one before has been seen."""
        yield event(status="queued", queue_position=3, estimate_s=12.0)
        screen.wait_for("queued, 3 before yours, about 12 s")
        yield event(status="running", case=2, cases=9)
        screen.wait_for("running case 2 of 9")
        yield event(status="paused", reason="Grading is paused: no worker runs.\x1b[2J")
        screen.wait_for(r"Grading is paused: no worker runs.\x1b[2J")
        yield event(status="graded")

    server.on("GET", f"submissions/{ID}/events/", stream(told()))
    server.on("GET", f"submissions/{ID}/", Answer(body=submission("queued")), Answer(body=submission()))
    code, seen = screen.run("submit", "--wait", terminal.write().name)
    assert "Grading is paused" in seen  # so everything before it was seen, too
    assert (code, f"{ESCAPE}2J" in seen) == (0, False)
    assert seen.endswith(f"{ESCAPE}32mconv2d-forward: accepted 10 of 10 points{ESCAPE}0m\n")


def test_a_page_is_opened_in_the_browser(screen, server, tmp_path):
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    assert screen.run("open", "adam", BROWSER=str(browser)) == (0, f"{server.url}/tasks/adam/\n")
    assert (tmp_path / "opened").read_text() == f"{server.url}/tasks/adam/\n"


def test_a_token_is_not_shown_while_it_is_typed(screen, server):
    code, seen = screen.run("login", "--token", typed=b"typed-token\n")
    assert (code, seen) == (0, f"Token: \nSigned in to {server.url} as ada.\n")
    assert server.asked[-1].headers["authorization"] == "Token typed-token"
