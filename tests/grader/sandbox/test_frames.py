import contextlib
import math
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.sandbox.guest.frames import (
    DTYPES,
    HEADER,
    MAX_DEPTH,
    MAX_NODES,
    FrameError,
    Kind,
    decode,
    encode,
    pack,
    unpack_header,
)

arrays = st.sampled_from(DTYPES).flatmap(
    lambda code: hnp.arrays(np.dtype(code), hnp.array_shapes(min_dims=0, max_dims=8, min_side=0, max_side=3))
)
text = st.text(st.characters(exclude_categories=["Cs"]))
leaves = st.none() | st.booleans() | st.integers(-(2**200), 2**200) | st.floats() | text | arrays
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple) | st.dictionaries(text, inner, max_size=4)
    ),
    max_leaves=12,
)


def same(left, right) -> bool:
    """Equal in type, structure, dtype, shape and bits."""
    if type(left) is not type(right):
        return False
    if isinstance(left, np.ndarray):
        return left.dtype == right.dtype and left.shape == right.shape and left.tobytes() == right.tobytes()
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, float):
        return struct.pack("d", left) == struct.pack("d", right)
    return left == right


@given(values)
@settings(deadline=None)
def test_every_value_comes_back_as_it_was(value):
    assert same(decode(encode(value)), value)


@given(arrays, st.sampled_from("<>="), st.data())
@settings(deadline=None)
def test_views_in_any_order_come_back_as_plain_arrays(array, order, data):
    steps = tuple(slice(None, None, data.draw(st.sampled_from([1, 2, -1]))) for _ in array.shape)
    view = np.asarray(array.astype(array.dtype.newbyteorder(order))[steps], array.dtype.newbyteorder(order)).T
    if view.ndim:
        view = np.moveaxis(view, 0, data.draw(st.integers(0, view.ndim - 1)))
    back = decode(encode(view))
    assert back.flags.c_contiguous
    assert same(back, np.array(view, array.dtype.newbyteorder("="), order="C"))


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_random_bytes_give_a_value_or_a_frame_error(data):
    with contextlib.suppress(FrameError):
        decode(data)


@given(values, st.data())
@settings(deadline=None)
def test_mutated_bytes_give_a_value_or_a_frame_error(value, data):
    mutated = bytearray(encode(value))
    for _ in range(data.draw(st.integers(1, 4))):
        mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FrameError):
        decode(mutated)


@given(values, st.data())
@settings(deadline=None)
def test_a_value_cut_short_is_an_error(value, data):
    whole = encode(value)
    with pytest.raises(FrameError):
        decode(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.binary(max_size=HEADER.size + 4))
def test_random_headers_give_a_header_or_a_frame_error(data):
    try:
        header = unpack_header(data, 100)
    except FrameError:
        return
    assert header.size <= 100


def test_a_packed_header_is_read_back():
    frame = pack(Kind.RESULT, 7, [1.5])
    header = unpack_header(frame, 1000)
    assert (header.kind, header.sequence, header.size) == (Kind.RESULT, 7, len(frame) - HEADER.size)


def test_a_frame_over_the_cap_is_refused_by_its_header_alone():
    header = HEADER.pack(b"BMF1", Kind.RESULT, 1, 2**40)
    with pytest.raises(FrameError, match="at most 1000"):
        unpack_header(header, 1000)


@pytest.mark.parametrize(
    "shape", [(2**63, 2), (2**32, 2**32), (0, 2**63), (2**64 - 1,)], ids=["wraps to 0", "2**64", "empty", "largest"]
)
def test_a_shape_that_overflows_is_refused_before_anything_is_allocated(shape):
    data = struct.pack(f"<cBB{len(shape)}Q", b"a", DTYPES.index("f8"), len(shape), *shape)
    with pytest.raises(FrameError):
        decode(data)


def test_a_list_that_claims_more_than_there_is_is_refused():
    with pytest.raises(FrameError, match="more elements than"):
        decode(b"l" + struct.pack("<I", 2**32 - 1))


def test_nesting_is_capped_on_both_sides():
    value: list = []
    for _ in range(MAX_DEPTH + 1):
        value = [value]
    with pytest.raises(FrameError, match="deep"):
        encode(value)
    with pytest.raises(FrameError, match="deep"):
        decode((b"l" + struct.pack("<I", 1)) * (MAX_DEPTH + 1) + b"N")


def test_the_number_of_parts_is_capped_on_both_sides():
    with pytest.raises(FrameError, match="parts"):
        encode([None] * MAX_NODES)
    with pytest.raises(FrameError, match="parts"):
        decode(b"l" + struct.pack("<I", MAX_NODES) + b"N" * MAX_NODES)


@pytest.mark.parametrize(
    "value",
    [np.array([None]), np.array(["text"]), np.ma.array([1.0]), {1: 2}, {1, 2}, object(), np.float64(1), 10**5000],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_place_in_a_frame_cannot_be_encoded(value):
    with pytest.raises(FrameError):
        encode(value)


def test_byte_order_and_strides_do_not_survive():
    array = np.arange(12.0).reshape(3, 4)
    back = decode(encode([array.astype(">f8"), array.T, array[::2, ::-1]]))
    assert [item.dtype for item in back] == [np.dtype("f8")] * 3
    assert [item.flags.c_contiguous and item.flags.writeable for item in back] == [True] * 3
    assert same(back[1], np.ascontiguousarray(array.T))


def test_a_bool_byte_other_than_0_and_1_becomes_true():
    (back,) = decode(b"a\0\1" + struct.pack("<Q", 1) + b"\xff").tolist()
    assert back is True


@pytest.mark.parametrize("code", DTYPES)
def test_an_array_without_dimensions_stays_an_array(code):
    assert same(decode(encode(np.ones((), code))), np.ones((), code))


def test_special_floats_keep_their_bits():
    assert math.isnan(decode(encode(math.nan)))
    assert math.copysign(1, decode(encode(-0.0))) == -1
