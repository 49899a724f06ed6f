"""A server that speaks the API's contract and does as it is told: it loses answers, is full, restarts, streams slowly.

It stands in for any server out there, whose moments of weakness a real one does not show on demand. What ours does is
in tests/system/test_cli.py.
"""

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ID = "0f0e0d0c-0b0a-4908-8706-050403020100"
AT = f"submissions/{ID}/"
TOKEN = "a-token"
CREATED = "2026-01-02T03:04:05Z"


@dataclass
class Answer:
    """`parts` are sent one after the other, each at once; the connection then ends, wherever that is."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    parts: Iterable[str] = ()


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: Any


def problem(status, detail, headers=None, **extra):
    body = {"type": "about:blank", "title": "Problem", "status": status, "detail": detail, **extra}
    return Answer(status, body, {"Content-Type": "application/problem+json", **(headers or {})})


NO_STREAM = problem(501, "This server does not stream events. Ask for the state instead.")


def page(*results, **links):
    return Answer(body={"next": None, "previous": None, "results": list(results), **links})


def stream(parts):
    return Answer(headers={"Content-Type": "text/event-stream"}, parts=parts)


def event(**state):
    return f"event: state\ndata: {json.dumps(state)}\n\n"


def array(*rows, wrong=(), **fields):
    cells = [list(map(str, row)) for row in rows]
    known = {"shape": [len(rows), len(rows[0])], "dtype": "float64", "block": [], "corner": [0, 0], "others": []}
    return known | {"cells": cells, "wrong": list(wrong), "truncated": False} | fields


def submission(status="graded", verdict="accepted", **fields):
    known = {"id": ID, "task": "conv2d-forward", "backend": "numpy", "status": status, "created": CREATED}
    graded = {"verdict": None, "score": None, "max_score": None}
    if status == "graded":
        graded = {"verdict": verdict, "score": 10.0 if verdict == "accepted" else 4.0, "max_score": 10.0}
    return known | graded | fields


def task(slug="conv2d-forward", **fields):
    known = {"slug": slug, "title": "Convolution, forward", "backends": ["numpy", "torch"], "difficulty": 3}
    return known | {"course": "convolutional-networks", "state": "open"} | fields


def created(name=ID, status="queued"):
    return Answer(202, {"id": name, "url": "http://elsewhere.invalid/", "status": status}, {"Retry-After": "1"})


class Server:
    """Answers what `on` says, in that order, the last for ever; `asked` is what arrived."""

    def __init__(self):
        self.asked: list[Asked] = []
        self._answers: dict[tuple[str, str], list[Any]] = {}
        self._lock = threading.Lock()
        self._port = 0
        self.start()
        self.on("GET", "me/", Answer(body={"username": "ada", "display_name": "Ada", "scopes": ["read", "submit"]}))
        self.on("GET", "tasks/", page(task()))

    @property
    def url(self):
        return f"http://127.0.0.1:{self._port}"

    def on(self, method, path, *answers):
        """Each answer is an Answer, or a function of what was asked that returns one."""
        self._answers[method, f"/api/v1/{path}"] = list(answers)

    def start(self):
        self._http = _Http(("127.0.0.1", self._port), _Handler)
        self._http.server = self
        self._port = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def stop(self):
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, asked):
        with self._lock:
            self.asked.append(asked)
            waiting = self._answers.get((asked.method, asked.path.partition("?")[0]))
            if waiting is None:
                return problem(404, f"There is nothing at {asked.path}.")
            answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return answer(asked) if callable(answer) else answer

    def bodies(self, method, path):
        return [each.body for each in self.to(method, path)]

    def to(self, method, path):
        return [
            each for each in self.asked if (each.method, each.path.partition("?")[0]) == (method, f"/api/v1/{path}")
        ]


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    server: Server

    def handle_error(self, request, client_address):
        """A client that goes away in the middle is part of what is tried here."""


class _Handler(BaseHTTPRequestHandler):
    def do_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        sent = self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.server.answer(Asked(self.command, self.path, headers, json.loads(sent) if sent else None))
        body = b""
        if not answer.parts and answer.status not in {204, 304}:
            body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in ({"Content-Type": "application/json"} | answer.headers).items():
            self.send_header(name, value)
        if not answer.parts:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        for part in answer.parts:
            self.wfile.write(part.encode())
            self.wfile.flush()

    do_GET = do_POST = do_DELETE = do_any  # noqa: N815 -- http.server's names

    def log_message(self, format, *args):  # noqa: A002 -- http.server's signature
        """Say nothing."""


class Proxy(Server):
    """Forwards to one server whatever host it is asked for, as a proxy of a company does for names it alone knows."""

    def __init__(self, behind):
        super().__init__()
        self.behind = behind

    def answer(self, asked):
        self.asked.append(asked)
        prefix = "http://baremath.invalid"
        assert asked.path.startswith(prefix), asked.path
        return self.behind.answer(Asked(asked.method, asked.path.removeprefix(prefix), asked.headers, asked.body))
