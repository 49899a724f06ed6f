import ast
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader.judge.literals import MAX_CHARACTERS, MAX_DEPTH, MAX_ELEMENTS, LiteralError, read_literal, write_literal

plain = st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.floats(allow_nan=False) | st.text(max_size=20)


def containers(inside):
    return (
        inside
        | st.lists(inside, max_size=4)
        | st.dictionaries(st.text(max_size=5), inside, max_size=3)
        | st.lists(inside, max_size=3).map(tuple)
    )


@given(containers(containers(containers(plain))))
def test_what_python_writes_is_read_as_python_reads_it(value):
    assert repr(read_literal(repr(value))) == repr(value)


@given(arrays(np.float64, array_shapes(max_dims=4, max_side=3), elements=st.floats(allow_nan=True)))
def test_arrays_come_back_to_the_last_bit(array):
    np.testing.assert_array_equal(np.asarray(read_literal(write_literal(array)), dtype=float), array)


@given(st.text(alphabet="[](){}:,+-.0123456789eE_'\"\\ \nTrueNaif#=x", max_size=60))
def test_whatever_is_written_is_a_sentence_or_the_value_that_python_reads(text):
    try:
        value = read_literal(text)
        expected = ast.literal_eval(text.strip())
    except (LiteralError, ValueError, SyntaxError):  # Python knows no inf, and no 01
        return
    assert repr(value) == repr(expected)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        (" -2.5e-3 ", -0.0025),
        ("+.5", 0.5),
        ("1_000", 1000),
        ("[1, 2,\n 3,]", [1, 2, 3]),
        ("(1)", 1),
        ("(1,)", (1,)),
        ("()", ()),
        ("[[True, False], [None, 'a b']]", [[True, False], [None, "a b"]]),
        ("{'i': {'wx': [1.]}, \"f\": -np.inf}", {"i": {"wx": [1.0]}, "f": -math.inf}),
        (r"'it\'s'", "it's"),
    ],
)
def test_values(text, value):
    read = read_literal(text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write a value."),
        ("  \n", "Write a value."),
        ("[1, 2", "A comma or “]” is missing before the end."),
        ("[1 2]", "Line 1, column 4: A comma or “]” is missing before “2”."),
        ("[1,\n 2,, 3]", "Line 2, column 4: A value is missing before “,”."),
        ("[1, x]", "“x” has no value here."),
        ("np.zeros(3)", "“np.zeros” has no value here."),
        ("__import__('os')", "“__import__” has no value here."),
        ("1 + 1", "“+” comes after the end of the value."),
        ("--1", "A value is missing before “-”."),
        ("-True", "A value is missing before “True”."),
        ("[1; 2]", "“;” cannot stand here."),
        ("{1: 2}", "The keys of a dict are strings, in quotes."),
        ("{'a' 2}", "A colon is missing before “2”."),
        ("9" * 20, "Whole numbers have to fit into 64 bits."),
        ("9" * 5000, "is no number."),
        (f"'{'a' * 201}'", "A string may have at most 200 characters."),
        ("'\\x'", "This string is not written as Python has it."),
        ("[" * (MAX_DEPTH + 1), f"Lists may be nested {MAX_DEPTH} deep."),
        ("[" + "1," * MAX_ELEMENTS + "]", "more than 2,000 elements"),
        ("1" * (MAX_CHARACTERS + 1), "at most 8,000 are allowed."),
        ("[" * MAX_CHARACTERS, f"nested {MAX_DEPTH} deep"),
        ("-" * MAX_CHARACTERS, "A value is missing before “-”."),
        ("٣", "“٣” cannot stand here."),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, said):
    with pytest.raises(LiteralError) as error:
        read_literal(text)
    assert said in str(error.value)


def test_a_dict_of_tables_is_written_in_lines():
    text = write_literal({"i": {"wx": np.eye(2), "b": np.zeros(2)}, "n": 3})
    assert text == "{'i': {'wx': [[1., 0.],\n              [0., 1.]],\n       'b': [0., 0.]},\n 'n': 3}"
    assert ast.literal_eval(text.replace(".", ".0"))["n"] == 3
