"""The parts of the load test that decide what its numbers mean."""

import asyncio
import os
import random
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from benchmarks.system import ledger, usage
from benchmarks.system.answers import SHARES, drawn, sources
from benchmarks.system.arrivals import arrivals
from benchmarks.system.http import Connection, request
from benchmarks.system.load_report import drawing, report
from benchmarks.system.spread import spread
from tests.benchmarks.test_model import MACHINE


def test_a_percentile_is_a_time_that_was_seen():
    assert spread([second / 1000 for second in range(1, 101)]) == {
        "n": 100,
        "p50": 50,
        "p95": 95,
        "p99": 99,
        "max": 100,
    }
    assert spread([0.007]) == {"n": 1, "p50": 7, "p95": 7, "p99": 7, "max": 7}
    assert spread([]) == {"n": 0}


@pytest.mark.parametrize(("shape", "by_the_middle"), [("poisson", 0.5), ("deadline", 0.18)])
def test_arrivals_come_in_order_within_their_time_and_as_often_as_asked(shape, by_the_middle):
    times = arrivals(2000, 60.0, shape, random.Random(1))
    assert times == arrivals(2000, 60.0, shape, random.Random(1))
    assert times == sorted(times)
    assert 0 <= times[0] <= times[-1] <= 60
    assert sum(at < 30 for at in times) / len(times) == pytest.approx(by_the_middle, abs=0.05)


def test_each_sort_of_answer_has_its_share():
    pool = sources(["mean-squared-error"])
    assert {source.sort for source in pool} == set(SHARES)
    sorts = [source.sort for source in drawn(pool, 5000, random.Random(1))]
    assert {sort: round(100 * sorts.count(sort) / 5000) for sort in SHARES} == pytest.approx(SHARES, abs=3)
    slow = next(source for source in pool if source.sort == "numpy, slow")
    assert slow.is_right_verdict("accepted")
    assert not slow.is_right_verdict("time_limit_exceeded")
    wrong = next(source for source in pool if source.sort == "numpy, wrong")
    assert not wrong.is_right_verdict("accepted")
    assert not wrong.is_right_verdict("internal_error")


def a_row(pk, *, number=1, verdict="accepted", status="graded", finished=12.5):
    return (pk, "storm-learner-1", status, number, verdict, 11.0, finished)


def test_the_ledger_finds_what_is_lost_doubled_unasked_and_wrong():
    pool = sources(["mean-squared-error"])
    by_name = {source.name: source for source in pool}
    right = next(source.name for source in pool if source.sort == "numpy, right")
    handed_in = {pk: {"source": right, "at": 10.0} for pk in ("good", "lost", "waits", "twice", "bad")}
    rows = [
        a_row("good"),
        ("lost", "storm-learner-2", "queued", None, None, None, None),
        a_row("waits", status="queued"),
        a_row("twice"),
        a_row("twice", number=2),
        a_row("bad", verdict="wrong_answer"),
        a_row("stranger"),
    ]
    found = ledger.audit(rows, handed_in, by_name)
    assert (found.lost, found.doubled, found.unasked) == (["lost", "waits"], ["twice"], ["stranger"])
    assert found.wrong == [f"{right}: wrong_answer"]
    assert found.waits_s["good"] == 2.5
    assert found.service_s == [1.5] * 3
    assert not found.holds
    assert ledger.audit(rows[:1], {"good": handed_in["good"]}, by_name).holds


def test_a_service_is_its_first_process_and_all_that_descend_from_it():
    stats = {
        1: (0, 0.0, "init"),
        10: (1, 1.0, "celery"),
        11: (10, 2.0, "celery"),
        12: (11, 0.5, "bwrap"),
        13: (12, 4.0, "python3.11"),
        20: (1, 8.0, "gunicorn"),
    }
    assert usage.members({"worker": 10, "web": 20}, stats) == {
        10: "worker", 11: "worker", 12: "jail", 13: "jail", 20: "web",
    }  # fmt: skip


def test_what_a_process_and_its_ended_children_compute_is_counted():
    spend = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spend!r}]); print(flush=True); input()"
    process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        process.stdout.readline()
        assert usage.cpu_seconds({"it": process.pid})["it"] >= 0.3
        assert usage.memory_mib({"it": process.pid})["it"] > 1
    finally:
        process.communicate(b"\n")
    assert usage.cpu_seconds({"me": os.getpid()})["me"] > 0


ANSWERS = [
    b'HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\nETag: "one"\r\n\r\n{}',
    b'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\nETag: "two"\r\n\r\n',
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
]


def test_the_client_reads_every_sort_of_answer_and_connects_again_when_it_was_closed():
    async def both_sides():
        seen = []
        ended = asyncio.Semaphore(0)

        async def serve(reader, writer):
            for _ in range(2):  # and then it closes the connection, as a server may
                if not (line := await reader.readline()):
                    break
                while (await reader.readline()).strip():
                    pass
                seen.append(line.split()[0])
                writer.write(ANSWERS[(len(seen) - 1) % 3])
            writer.close()
            await writer.wait_closed()
            ended.release()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        connection = Connection("127.0.0.1", port)
        answers = [await connection.ask(request("GET", "/", {})) for _ in range(3)]
        connection.close()
        for _ in range(2):
            await ended.acquire()
        server.close()
        return seen, answers

    seen, answers = asyncio.run(both_sides())
    assert seen == [b"GET"] * 3
    assert [answer.status for answer in answers] == [202, 304, 200]
    assert [answer.plain for answer in answers] == [b"{}", b"", b"abcde"]
    assert [answer.etag for answer in answers] == ['"one"', '"two"', ""]


def a_result():
    times = {"n": 4, "p50": 10.0, "p95": 20.0, "p99": 30.0, "max": 40.0}
    asked = {"learners": 4, "seconds": 5.0, "shape": "poisson", "readers": 2, "think": 1.0, "events": 0.25}
    return {
        "machine": MACHINE,
        "asked": asked | {"workers": 2, "seed": 1, "mix": SHARES},
        "lasted_s": 10.0,
        "cpu_s": {"web": 2.0, "jail": 1.0, "machine": 4.0},
        "memory_mib": {"web": 100.0, "jail": 50.0},
        "queue": [[-1.0, 7], [0.0, 1], [1.0, 3], [2.0, 0]],
        "requests": {"all pages": times, "task": times, "POST": times, "state": {"n": 0}},
        "statuses": {"POST": {"202": 4}},
        "verdict": {"stored": times},
        "ledger": {
            "handed_in": 4, "verdicts": 3, "holds": False, "wrong": ["x: accepted"],
            "lost": 1, "doubled": 0, "unasked": 0, "by_sort": {"numpy, right": {"accepted": 3}},
        },
        "generator": {"cpu_s": 1.0, "late_ms": 3.0},
    }  # fmt: skip


def test_the_report_says_what_was_lost_and_what_each_service_took():
    text = report(a_result())
    assert "3 verdicts on 4 submissions that were taken (202): 1 lost, 0 with a second verdict" in text
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    assert ["POST", "4", "10.0", "20.0", "30.0", "40.0"] in rows
    assert ["state", "0", "", "", "", ""] in rows
    assert ["web", "2.0", "0.20", "100"] in rows
    assert ["**together**", "3.0", "0.30", "150"] in rows
    assert rows[-3:] == [["0", "1"], ["1", "3"], ["2", "0"]]
    labels = [each.text for each in ET.fromstring(drawing(a_result())).iter() if each.text]
    assert {"Pages", "Handing in", "The verdict", "POST"} <= set(labels)
