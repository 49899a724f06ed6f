import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.guest.frames import FrameError
from grader.sandbox.outcome import LearnerError, TraceLine
from grader.sandbox.results import read_error, read_loaded, read_result

GOOD = {"value": [1], "error": None, "memory": False, "inputs_after": None, "unsupported": ""}
ERROR = {"type": "ValueError", "message": "bad", "trace": [[3, "f", "raise"]]}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def test_a_good_answer_is_read():
    result, out_of_memory = read_result(GOOD | {"error": ERROR, "memory": True}, "printed")
    assert (result.prints, out_of_memory) == ("printed", True)
    assert result.error == LearnerError("ValueError", "bad", (TraceLine(3, "f", "raise"),))


@given(st.sampled_from(sorted(GOOD)), anything)
@settings(deadline=None)
def test_any_part_may_be_anything_and_the_result_keeps_its_types(name, value):
    try:
        result, out_of_memory = read_result(GOOD | {name: value}, "")
    except FrameError:
        return
    assert type(result.unsupported) is str
    assert type(out_of_memory) is bool
    assert result.error is None or isinstance(result.error, LearnerError)
    assert result.inputs_after is None or type(result.inputs_after) is dict


@given(anything)
@settings(deadline=None)
def test_an_answer_may_be_anything(tree):
    for read in (read_loaded, read_error, lambda tree: read_result(tree, "")):
        try:
            read(tree)
        except FrameError:
            continue
        assert tree is None


@pytest.mark.parametrize("missing", sorted(GOOD))
def test_an_answer_with_a_missing_or_a_foreign_part_is_refused(missing):
    without = {name: value for name, value in GOOD.items() if name != missing}
    for tree in (without, GOOD | {"verdict": "accepted"}):
        with pytest.raises(FrameError):
            read_result(tree, "")


@pytest.mark.parametrize(("status", "error"), [("ok", ERROR), ("raised", None), ("accepted", None)])
def test_a_load_that_contradicts_itself_is_refused(status, error):
    with pytest.raises(FrameError):
        read_loaded({"status": status, "error": error})


def test_texts_and_traces_are_cut():
    error = read_error({"type": "E" * 10**5, "message": "m" * 10**6, "trace": [[1, "f" * 10**5, "t" * 10**5]] * 500})
    assert error is not None
    assert (len(error.type), len(error.message), len(error.trace)) == (2000, 2000, 20)
    assert {(len(line.function), len(line.text)) for line in error.trace} == {(2000, 2000)}
    result, _ = read_result(GOOD | {"unsupported": "u" * 10**6}, "")
    assert len(result.unsupported) == 2000
