"""Thousands of random and mutated frames: nothing but FrameError, and no memory beyond what the bytes take."""

import contextlib
import random
import struct
import tracemalloc
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.sandbox.guest.frames import DTYPES, HEADER, MAX_NODES, FrameError, Kind, decode, encode, pack, unpack_header
from grader.sandbox.results import read_loaded, read_result

FRAMES = 20_000
CAP = 2**20
PER_PART = 500  # bytes of Python for the costliest part that one byte can stand for
TAGS = b"NTFiIfsltda"
NUMBERS = (0, 1, 2, 7, 8, 9, 255, 2**16, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1, 2**63, 2**64 - 1)


def random_tree(chance: random.Random, depth: int = 0) -> Any:
    leaves = [None, True, -1, 2**70, 1.5, "text", np.zeros(3), np.zeros((0, 2), "c8"), np.ones((), "f2")]
    if depth > 4 or chance.random() < 0.5:
        return chance.choice(leaves)
    parts = [random_tree(chance, depth + 1) for _ in range(chance.randrange(4))]
    return chance.choice([parts, tuple(parts), {str(number): part for number, part in enumerate(parts)}])


def random_bytes(chance: random.Random) -> bytes:
    """Return bytes that look like a tree: tags, and counts that lie."""
    parts = []
    for _ in range(chance.randrange(1, 30)):
        parts.append(bytes([chance.choice(TAGS)]))
        number = chance.choice(NUMBERS)
        shape = chance.choice(["", "<I", "<Q"])
        parts.append(struct.pack(shape, number % 2 ** (8 * struct.calcsize(shape))) if shape else b"")
        if chance.random() < 0.3:
            parts.append(bytes([chance.randrange(len(DTYPES) + 1), chance.randrange(10)]))
    return b"".join(parts)


def mutated(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 5)):
        place = chance.randrange(len(changed) + 1)
        kind = chance.randrange(5)
        if kind == 0 and place < len(changed):
            changed[place] = chance.randrange(256)
        elif kind == 1:
            changed[place : place + 8] = struct.pack("<Q", chance.choice(NUMBERS))
        elif kind == 2:
            del changed[place : place + chance.randrange(9)]
        elif kind == 3:
            changed[place:place] = changed[: chance.randrange(40)]
        else:
            changed[place:place] = bytes([chance.choice(TAGS)])
    return bytes(changed)


def frames(chance: random.Random) -> Iterator[bytes]:
    answer = {"value": None, "error": None, "memory": False, "inputs_after": None, "unsupported": ""}
    for _ in range(FRAMES // 2):
        yield mutated(chance, pack(chance.choice(list(Kind)), 1, answer | {"value": random_tree(chance)}))
        body = random_bytes(chance)
        yield HEADER.pack(b"BMF1", Kind.RESULT, 1, len(body)) + body


def take(frame: bytes) -> None:
    """Do with a frame what the supervisor does."""
    unpack_header(frame, CAP)
    tree = decode(frame[HEADER.size :])
    for read in (read_loaded, lambda tree: read_result(tree, "")):
        with contextlib.suppress(FrameError):
            read(tree)


@pytest.mark.parametrize("seed", [0, random.SystemRandom().randrange(2**32)], ids=["fixed", "fresh"])
def test_frames_of_every_kind_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    read = 0
    tracemalloc.start()
    try:
        for frame in frames(chance):
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            with contextlib.suppress(FrameError):
                take(frame)
                read += 1
            _, peak = tracemalloc.get_traced_memory()
            assert peak - before < 2**15 + PER_PART * len(frame), (seed, frame)
    finally:
        tracemalloc.stop()
    assert read > FRAMES // 100  # the fuzz reaches beyond the first check


def test_the_largest_tree_takes_a_bounded_multiple_of_its_bytes() -> None:
    data = b"l" + struct.pack("<I", MAX_NODES - 1) + b"N" * (MAX_NODES - 1)
    tracemalloc.start()
    decode(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * len(data)


@pytest.mark.parametrize("seed", range(20))
def test_every_tree_comes_back_in_the_same_bytes(seed: int) -> None:
    tree = random_tree(random.Random(seed))
    assert encode(decode(encode(tree))) == encode(tree)
