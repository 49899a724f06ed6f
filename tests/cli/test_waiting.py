import json
import signal
import threading
import time

import pytest

from tests.cli.server import AT, ID, Answer, event, stream, submission


def test_without_a_stream_the_state_is_asked_for_and_what_has_not_changed_is_not_sent_again(terminal, queue, file):
    tag = {"ETag": '"1"', "Retry-After": "1"}
    queue.on("GET", AT, Answer(body=submission("queued"), headers=tag), Answer(304), Answer(body=submission()))
    assert terminal.run("submit", "--wait", file.name).returncode == 0
    tags = [each.headers.get("if-none-match") for each in queue.to("GET", AT)]
    assert tags == [None, '"1"', '"1"']
    assert len(queue.to("GET", f"{AT}events/")) == 1


def test_a_stream_is_followed_until_the_verdict_however_it_is_cut(terminal, queue, file):
    told = "retry: 2000\n\n: still waiting\n\n" + event(status="running", case=1, cases=3) + event(status="graded")
    queue.on("GET", f"{AT}events/", stream(told))
    queue.on("GET", AT, Answer(body=submission("queued")), Answer(body=submission()))
    assert terminal.run("submit", "--wait", file.name).returncode == 0
    [asked] = queue.to("GET", f"{AT}events/")
    assert (asked.headers["accept"], asked.headers["authorization"]) == ("text/event-stream", "Token a-token")
    assert len(queue.to("GET", AT)) == 2


@pytest.mark.parametrize("broken", ["data: {\n\n", "data: [1]\n\n", "data: \x00\n\n"])
def test_a_stream_of_nonsense_is_left_for_asking(terminal, queue, file, broken):
    queue.on("GET", f"{AT}events/", stream([broken]))
    queue.on("GET", AT, Answer(body=submission("queued")), Answer(body=submission()))
    assert terminal.run("submit", "--wait", file.name).returncode == 0


def test_a_restart_of_the_server_in_between_is_survived(terminal, queue, file):
    looked = threading.Event()

    def look(_asked):
        looked.set()
        return Answer(body=submission("running"))

    queue.on("GET", AT, look)
    with terminal.start("submit", "--wait", "--json", file.name) as process:
        looked.wait(20)
        queue.stop()
        queue.on("GET", AT, Answer(body=submission()))
        threading.Timer(1.0, queue.start).start()
        stdout, _ = process.communicate(timeout=40)
    assert (process.returncode, json.loads(stdout)["verdict"]) == (0, "accepted")


def test_a_verdict_that_does_not_come_in_time_leaves_the_submission_in_the_queue(terminal, queue, file):
    paused = submission("paused", reason="Grading is paused: no worker runs.")
    queue.on("GET", AT, Answer(body=paused))
    said = terminal.run("submit", "--wait", "--timeout", "0.5", file.name)
    assert said.returncode == 3
    assert said.stderr.splitlines() == [
        f"The submission is kept and will be graded. Its verdict: baremath status {ID} --wait",
        "There is no verdict after 0.5 s: Grading is paused: no worker runs.",
    ]


def test_a_silent_stream_does_not_outlast_the_timeout(terminal, queue, file):
    ended = threading.Event()

    def silent(_asked):
        ended.wait(30)
        return stream([""])

    queue.on("GET", f"{AT}events/", silent)
    queue.on("GET", AT, Answer(body=submission("queued", queue_position=2, estimate_s=7.4)))
    said = terminal.run("submit", "--wait", "--timeout", "1", file.name)
    ended.set()
    assert said.returncode == 3
    assert said.stderr.endswith("There is no verdict after 1 s: queued, 2 before yours, about 7 s.\n")


def test_signs_of_life_do_not_outlast_the_timeout(terminal, queue, file):
    finished = threading.Event()

    def alive():
        for _ in range(300):
            yield ": still waiting\n\n"
            time.sleep(0.05)
        finished.set()

    queue.on("GET", f"{AT}events/", stream(alive()))
    queue.on("GET", AT, Answer(body=submission("queued")))
    assert terminal.run("submit", "--wait", "--timeout", "0.5", file.name).returncode == 3
    assert not finished.is_set()


def test_a_stream_that_stays_open_after_the_verdict_is_left(terminal, queue, file):
    ended, outlasted = threading.Event(), threading.Event()

    def open_for_long():
        yield event(status="graded")
        if not ended.wait(15):
            outlasted.set()

    queue.on("GET", f"{AT}events/", stream(open_for_long()))
    queue.on("GET", AT, Answer(body=submission("queued")), Answer(body=submission()))
    assert terminal.run("submit", "--wait", file.name).returncode == 0
    ended.set()
    assert not outlasted.is_set()


def test_ctrl_c_says_that_the_submission_goes_on(terminal, queue, file):
    looked = threading.Event()

    def look(_asked):
        looked.set()
        return Answer(body=submission("queued"))

    queue.on("GET", AT, look)
    with terminal.start("submit", "--wait", file.name) as process:
        looked.wait(20)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=20)
    assert process.returncode == 130
    assert stderr.split("\n\n")[0].endswith(f"baremath status {ID} --wait")
    assert stderr.endswith("Stopped.\n")
