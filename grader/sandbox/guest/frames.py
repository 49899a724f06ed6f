"""Frames: the one form in which values cross the wall of the jail, in both directions.

A frame is a fixed header and a tree of values::

    magic "BMF1" | kind u8 | 3 zero bytes | sequence number u32 | size of the tree in bytes u64

Every node of the tree is a tag byte and its content, all integers little-endian. Sizes, counts, depth and dimensions
are checked before anything is allocated for them, and whatever is wrong with the bytes is a `FrameError`.
"""

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np

MAGIC = b"BMF1"
HEADER = struct.Struct("<4sB3xIQ")
MAX_DEPTH = 32
MAX_NDIM = 8
MAX_NODES = 100_000
MAX_INTEGER_BYTES = 1024

DTYPES = ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
_DTYPE = [np.dtype(code).newbyteorder("<") for code in DTYPES]
_DTYPE_CODE = {dtype: code for code, dtype in enumerate(_DTYPE)}

_U32 = struct.Struct("<I")
_I64 = struct.Struct("<q")
_F64 = struct.Struct("<d")


class FrameError(ValueError):
    """The bytes are no frame, or the value does not fit into one."""


class Kind(IntEnum):
    """What a frame carries."""

    READY = 1  # child: locked down, waiting for the program
    PROGRAM = 2  # supervisor: source and driver
    LOADED = 3  # child: the source was imported, or why not
    CALL = 4  # supervisor: one call with its inputs
    RESULT = 5  # child: what this call gave


@dataclass(frozen=True, slots=True)
class Header:
    kind: Kind
    sequence: int
    size: int


def pack(kind: Kind, sequence: int, value: Any) -> bytes:
    """Return the whole frame that carries `value`."""
    body = encode(value)
    return HEADER.pack(MAGIC, kind, sequence, len(body)) + body


def unpack_header(data: bytes | bytearray | memoryview, max_size: int) -> Header:
    """Read the first `HEADER.size` bytes of `data`; a body larger than `max_size` bytes is refused here."""
    if len(data) < HEADER.size:
        raise FrameError(f"A header has {HEADER.size} bytes, this one {len(data)}.")
    magic, kind, sequence, size = HEADER.unpack_from(data)
    if magic != MAGIC or bytes(data[5:8]) != b"\0\0\0":
        raise FrameError("The magic bytes of a frame are missing.")
    if kind not in Kind.__members__.values():
        raise FrameError(f"There is no frame of kind {kind}.")
    if size > max_size:
        raise FrameError(f"The frame has {size} bytes; at most {max_size} are allowed.")
    return Header(Kind(kind), sequence, size)


def encode(value: Any) -> bytes:
    """Return the bytes of a tree of None, bool, int, float, str, list, tuple, dict with str keys, and arrays."""
    encoder = _Encoder()
    encoder.write(value, 0)
    return b"".join(encoder.parts)


def decode(data: bytes | bytearray | memoryview) -> Any:
    """Return the value that `encode` wrote; arrays are writable, C-contiguous and own their memory."""
    decoder = _Decoder(memoryview(data).cast("B") if len(data) else memoryview(b""))
    value = decoder.read(0)
    if decoder.position != len(data):
        raise FrameError("There are bytes after the end of the value.")
    return value


def _check_node(depth: int, nodes: int) -> None:
    if depth > MAX_DEPTH:
        raise FrameError(f"The value is nested more than {MAX_DEPTH} levels deep.")
    if nodes > MAX_NODES:
        raise FrameError(f"The value has more than {MAX_NODES:,} parts; an array counts as one part.")


class _Encoder:
    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._nodes = 0

    def write(self, value: Any, depth: int) -> None:
        self._nodes += 1
        _check_node(depth, self._nodes)
        writer = self._WRITERS.get(type(value))
        if writer is None:
            raise FrameError(f"A value of type {type(value).__name__} cannot cross the wall of the jail.")
        writer(self, value, depth)

    def _none(self, _value: None, _depth: int) -> None:
        self.parts.append(b"N")

    def _bool(self, value: bool, _depth: int) -> None:  # noqa: FBT001 - the value itself
        self.parts.append(b"T" if value else b"F")

    def _int(self, value: int, _depth: int) -> None:
        if -(2**63) <= value < 2**63:
            self.parts.append(b"i" + _I64.pack(value))
            return
        size = value.bit_length() // 8 + 1
        if size > MAX_INTEGER_BYTES:
            raise FrameError(f"An integer has more than {MAX_INTEGER_BYTES} bytes.")
        self.parts.append(b"I" + _U32.pack(size) + value.to_bytes(size, "little", signed=True))

    def _float(self, value: float, _depth: int) -> None:
        self.parts.append(b"f" + _F64.pack(value))

    def _str(self, value: str, _depth: int) -> None:
        self.parts.append(b"s" + self._text(value))

    @staticmethod
    def _text(value: str) -> bytes:
        data = value.encode("utf-8", "replace")
        return _count(len(data)) + data

    def _list(self, value: list[Any], depth: int) -> None:
        self.parts.append(b"l" + _count(len(value)))
        for item in value:
            self.write(item, depth + 1)

    def _tuple(self, value: tuple[Any, ...], depth: int) -> None:
        self.parts.append(b"t" + _count(len(value)))
        for item in value:
            self.write(item, depth + 1)

    def _dict(self, value: dict[str, Any], depth: int) -> None:
        self.parts.append(b"d" + _count(len(value)))
        for key, item in value.items():
            if type(key) is not str:
                raise FrameError(f"A dictionary has a key of type {type(key).__name__}; only str is allowed.")
            self.parts.append(self._text(key))
            self.write(item, depth + 1)

    def _array(self, value: np.ndarray, _depth: int) -> None:
        code = _DTYPE_CODE.get(value.dtype.newbyteorder("<"))
        if code is None:
            raise FrameError(f"An array of dtype {value.dtype} cannot cross the wall; use one of {DTYPES}.")
        if value.ndim > MAX_NDIM:
            raise FrameError(f"An array has {value.ndim} dimensions; at most {MAX_NDIM} are allowed.")
        self.parts.append(struct.pack(f"<cBB{value.ndim}Q", b"a", code, value.ndim, *value.shape))
        self.parts.append(value.astype(_DTYPE[code], copy=False).tobytes())

    _WRITERS: dict[type, Callable[["_Encoder", Any, int], None]] = {
        type(None): _none,
        bool: _bool,
        int: _int,
        float: _float,
        str: _str,
        list: _list,
        tuple: _tuple,
        dict: _dict,
        np.ndarray: _array,
    }


def _count(number: int) -> bytes:
    if number >= 2**32:
        raise FrameError("A string, list or dictionary has more than 2**32 elements.")
    return _U32.pack(number)


class _Decoder:
    def __init__(self, data: memoryview) -> None:
        self._data = data
        self.position = 0
        self._nodes = 0

    def read(self, depth: int) -> Any:
        self._nodes += 1
        _check_node(depth, self._nodes)
        tag = bytes(self._take(1))
        reader = self._READERS.get(tag)
        if reader is None:
            raise FrameError(f"There is no value with the tag {tag!r}.")
        return reader(self, depth)

    def _take(self, size: int) -> memoryview:
        end = self.position + size
        if end > len(self._data):
            raise FrameError("The frame ends in the middle of a value.")
        part = self._data[self.position : end]
        self.position = end
        return part

    def _read_count(self) -> int:
        return int(_U32.unpack(self._take(4))[0])

    def _none(self, _depth: int) -> None:
        return None

    def _true(self, _depth: int) -> bool:
        return True

    def _false(self, _depth: int) -> bool:
        return False

    def _int(self, _depth: int) -> int:
        return int(_I64.unpack(self._take(8))[0])

    def _big_int(self, _depth: int) -> int:
        size = self._read_count()
        if size > MAX_INTEGER_BYTES:
            raise FrameError(f"An integer has {size} bytes; at most {MAX_INTEGER_BYTES} are allowed.")
        return int.from_bytes(self._take(size), "little", signed=True)

    def _float(self, _depth: int) -> float:
        return float(_F64.unpack(self._take(8))[0])

    def _str(self, _depth: int) -> str:
        try:
            return str(self._take(self._read_count()), "utf-8")
        except UnicodeDecodeError as error:
            raise FrameError("A string is not valid UTF-8.") from error

    def _list(self, depth: int) -> list[Any]:
        return [self.read(depth + 1) for _ in range(self._items())]

    def _tuple(self, depth: int) -> tuple[Any, ...]:
        return tuple(self._list(depth))

    def _dict(self, depth: int) -> dict[str, Any]:
        return {self._str(depth): self.read(depth + 1) for _ in range(self._items())}

    def _items(self) -> int:
        count = self._read_count()
        if count > len(self._data) - self.position:
            raise FrameError("A list or dictionary claims more elements than there are bytes.")
        return count

    def _array(self, _depth: int) -> np.ndarray:
        code, ndim = self._take(2)
        if code >= len(_DTYPE) or ndim > MAX_NDIM:
            raise FrameError(f"There is no array with dtype code {code} and {ndim} dimensions.")
        shape = struct.unpack(f"<{ndim}Q", self._take(8 * ndim))
        dtype = _DTYPE[code]
        raw = self._take(math.prod(shape) * dtype.itemsize)
        try:
            array = np.ndarray(shape, dtype, buffer=raw) if len(raw) else np.empty(shape, dtype)
        except (ValueError, OverflowError) as error:  # an empty array with one absurd dimension
            raise FrameError(f"No array can have the shape {shape}.") from error
        if dtype.kind == "b":  # a bool byte other than 0 and 1 is undefined behaviour in NumPy
            return array.view(np.uint8).astype(np.bool_)
        return array.astype(dtype.newbyteorder("="), order="C")

    _READERS: dict[bytes, Callable[["_Decoder", int], Any]] = {
        b"N": _none,
        b"T": _true,
        b"F": _false,
        b"i": _int,
        b"I": _big_int,
        b"f": _float,
        b"s": _str,
        b"l": _list,
        b"t": _tuple,
        b"d": _dict,
        b"a": _array,
    }
