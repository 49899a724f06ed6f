"""The life of one child: lock down, say READY, load the program, answer calls one at a time."""

import gc
import os
import random
import sys
import time
import traceback
from typing import Any, NoReturn

import numpy as np

from .frames import HEADER, FrameError, Kind, decode, encode, pack, unpack_header
from .learner import Learner, flush_prints, too_large
from .lockdown import Walls, keep_only, lock_down

_COMMANDS, _RESULTS = 3, 4  # descriptors, after 0 (nothing to read) and 1 and 2 (prints)
_MAX_INPUT = 2**30
FAILED, OUT_OF_MEMORY = 70, 71  # exit codes


def serve(descriptors: list[int], walls: Walls, user: int, forked_at: float, *, tensors: bool) -> NoReturn:
    """Become a child of one submission; never returns.

    `descriptors` are, in this order: prints, commands, results. For `user` see `lock_down`;
    `forked_at` is a `time.monotonic()`.
    """
    try:
        prints, commands, results = descriptors
        empty = os.open(os.devnull, os.O_RDONLY)  # its own: a shared one would carry flags from child to child
        keep_only([empty, prints, prints, commands, results])
        _reseed(tensors=tensors)
        lock_down(walls, user)
        _answer_calls(forked_at, tensors=tensors)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # nothing that needs memory would work here
    except BaseException:  # noqa: BLE001 - the supervisor reads this from the prints and calls it our fault
        traceback.print_exc()
        flush_prints()
    finally:
        os._exit(FAILED)


def _reseed(*, tensors: bool) -> None:
    """Forks of one zygote must not share their random streams."""
    random.seed()
    np.random.seed(int.from_bytes(os.urandom(4)))  # noqa: NPY002 - the legacy global stream is what learners use
    if tensors:
        import torch

        torch.default_generator.seed()  # torch.seed() notes the stack for a GPU that is not there: 2 ms


_REHEARSAL = "import numpy as np\ndef f(x):\n    return x + 1\n"


def rehearse(*, tensors: bool) -> None:
    """Go once through all that a call does: what it touches is then this process's own, before anybody waits."""
    learner = Learner(_REHEARSAL, "", tensors=tensors)
    inputs = decode(encode({"x": np.zeros((2, 2))}))
    learner.load()
    pack(Kind.RESULT, 0, learner.call("f", inputs, return_inputs=True))
    learner.forget()
    gc.collect(0)


def _answer_calls(forked_at: float, *, tensors: bool) -> None:
    rehearse(tensors=tensors)
    _send(Kind.READY, 0, time.monotonic() - forked_at)
    _, program = _receive()
    learner = Learner(program["source"], program["driver"], tensors=tensors and not program["arrays"])
    loaded = learner.load()
    flush_prints()
    _send(Kind.LOADED, 0, loaded)
    while True:
        sequence, call = _receive()
        result = learner.call(call["entry"], call["inputs"], return_inputs=call["return_inputs"])
        flush_prints()
        try:
            frame = pack(Kind.RESULT, sequence, result)
        except (FrameError, MemoryError) as error:
            frame = pack(Kind.RESULT, sequence, too_large(error))
        del call, result
        _write(frame)
        del frame
        gc.collect(0)


def _send(kind: Kind, sequence: int, value: Any) -> None:
    _write(pack(kind, sequence, value))


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(_RESULTS, view) :]


def _receive() -> tuple[int, Any]:
    header = unpack_header(_read(HEADER.size), _MAX_INPUT)
    return header.sequence, decode(_read(header.size))


def _read(size: int) -> bytearray:
    data = bytearray(size)
    view = memoryview(data)
    while view:
        count = os.readv(_COMMANDS, [view])
        if count == 0:
            sys.exit("the supervisor is gone")
        view = view[count:]
    return data
