"""What an honest program experiences in the real jail."""

import numpy as np
import pytest

from grader.sandbox import Call, Limits, Program, SandboxError, Status, TraceLine
from tests.grader.sandbox.conftest import only_result

pytestmark = pytest.mark.jail

X = np.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize(
    "source",
    [
        "def f(x, y): return x - y",
        "def f(y, x): return x - y",
        "def f(a, b): return a - b",
        "def f(*values): return values[0] - values[1]",
        "def f(**values): return values['x'] - values['y']",
        "def f(x, y, extra=None): return x - y",
        "class F:\n    def __call__(self, first, second): return first - second\nf = F()",
        "import numpy\nf = numpy.subtract",
    ],
)
def test_inputs_are_bound_by_name_or_else_by_position(run, source):
    result = only_result(run(source, {"x": X, "y": 1}))
    np.testing.assert_array_equal(result.value, X - 1)


def test_a_signature_that_does_not_fit_is_the_learners_error(run):
    error = only_result(run("def f(x): return x", {"x": X, "y": 1})).error
    assert error is not None
    assert (error.type, error.trace) == ("TypeError", ())


COMPUTES = """\
import time


def f(seconds, sleep):
    time.sleep(sleep)
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
"""


def test_each_call_is_told_the_cpu_time_it_took(numpy_sandbox):
    inputs = ({"seconds": 0.0, "sleep": 0.2}, {"seconds": 0.2, "sleep": 0.0}, {"seconds": 0.0, "sleep": 0.0})
    outcome = numpy_sandbox.run(Program(COMPUTES), [Call("f", each) for each in inputs])
    slept, computed, idle = (result.cpu_s for result in outcome.results)
    assert computed >= 0.2 > max(slept, idle)
    assert min(slept, idle) > 0
    assert slept + computed + idle <= outcome.cpu_s


def test_nobody_is_there_to_be_asked(run):
    outcome = run("def f(): return input('Your name? ')")
    error = only_result(outcome).error
    assert error is not None
    assert error.type == "EOFError"


def test_a_missing_function_is_named(run):
    error = only_result(run("def g(x): return x", {"x": X})).error
    assert error is not None
    assert "`f`" in error.message


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("None", None),
        ("True", True),
        ("3", 3),
        ("2.5", 2.5),
        ("'text'", "text"),
        ("[1, (2.0, None)]", [1, (2.0, None)]),
        ("{'a': 1}", {"a": 1}),
    ],
)
def test_plain_values_keep_their_type_and_structure(run, expression, expected):
    assert only_result(run(f"def f(): return {expression}")).value == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("np.matrix([[1.0, 2.0]])", np.array([[1.0, 2.0]])),
        ("np.ma.array([1, 2], mask=[0, 1])", np.array([1, 2])),
        ("np.float32(1.5)", np.array(1.5, np.float32)),
        ("np.bool_(True)", np.array(True)),
        ("1j", np.array(1j)),
        ("np.longdouble([1.5])", np.array([1.5])),
        ("np.arange(3, dtype='>i4')", np.arange(3, dtype=np.int32)),
        ("np.arange(8)[::-2]", np.array([7, 5, 3, 1])),
        ("np.zeros((0, 3))", np.zeros((0, 3))),
        ("Lying([1.0, 2.0])", np.array([1.0, 2.0])),
    ],
)
def test_everything_like_an_array_arrives_as_a_plain_array(run, expression, expected):
    source = (
        "import numpy as np\n"
        "class Sub(np.ndarray):\n"
        "    shape = (7,)\n"
        "    def tobytes(self): return b''\n"
        "    def astype(self, *a, **k): return 'lie'\n"
        "    def __array__(self, *a, **k): return np.zeros(9)\n"
        "def Lying(v): return np.array(v).view(Sub)\n"
        f"def f(): return {expression}\n"
    )
    value = only_result(run(source)).value
    assert type(value) is np.ndarray
    assert value.dtype == expected.dtype
    np.testing.assert_array_equal(value, expected, strict=True)


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("np.array([None, 1])", "ndarray of dtype object"),
        ("np.array(['a'])", "ndarray of dtype <U1"),
        ("object()", "object"),
        ("f", "function"),
        ("{1, 2}", "set"),
        ("{1: 2}", "dict with keys that are not str"),
        ("(i for i in [])", "generator"),
        ("[[object()]]", "object"),
    ],
)
def test_what_no_array_can_stand_for_is_named(run, expression, name):
    result = only_result(run(f"import numpy as np\ndef f(): return {expression}"))
    assert (result.value, result.unsupported) == (None, name)


def test_the_traceback_shows_the_learners_lines_only(run):
    source = (
        "import numpy as np\n\ndef helper(x):\n    return np.linalg.inv(x)  # here\n\ndef f(x):\n    return helper(x)\n"
    )
    error = only_result(run(source, {"x": np.zeros((2, 3))})).error
    assert error is not None
    assert error.type == "LinAlgError"
    assert error.trace == (
        TraceLine(7, "f", "return helper(x)"),
        TraceLine(4, "helper", "return np.linalg.inv(x)  # here"),
    )


def test_a_long_traceback_keeps_its_beginning_and_its_end(run):
    error = only_result(run("def f(n=0):\n    return f(n + 1) if n < 500 else 1 / 0\n")).error
    assert error is not None
    assert (error.type, len(error.trace)) == ("ZeroDivisionError", 20)


def test_a_syntax_error_has_its_line(run):
    outcome = run("x = 1\ndef f(:\n    pass\n")
    assert outcome.status is Status.SYNTAX_ERROR
    assert outcome.error is not None
    assert [line.line for line in outcome.error.trace] == [2]


def test_prints_belong_to_the_call_that_made_them(numpy_sandbox):
    body = "print(x); print('err', file=sys.stderr); os.write(1, b'raw\\n')"
    source = f"import os, sys\nprint('import')\ndef f(x): {body}\n"
    outcome = numpy_sandbox.run(Program(source), [Call("f", {"x": "one"}), Call("f", {"x": "two"})])
    assert outcome.prints == "import\n"
    assert [result.prints for result in outcome.results] == ["one\nerr\nraw\n", "two\nerr\nraw\n"]


def test_prints_of_a_program_that_dies_are_kept(run):
    outcome = run("import os\ndef f():\n    print('last words')\n    os._exit(1)\n")
    assert outcome.status is Status.RUN_TIME_ERROR
    assert outcome.prints == "last words\n"


def test_prints_that_are_no_utf8_are_escaped(run):
    assert (
        only_result(run("import os\ndef f(): os.write(1, b'\\xff\\n'); print('\\ud800')")).prints == "\\xff\n\\ud800\n"
    )


def test_a_warning_shows_the_learners_line(run):
    prints = only_result(run("import numpy as np\ndef f():\n    return np.log(np.zeros(1))\n")).prints
    assert prints.splitlines() == [
        "submission.py:3: RuntimeWarning: divide by zero encountered in log",
        "  return np.log(np.zeros(1))",
    ]


def test_inputs_come_back_as_the_call_left_them(run):
    result = only_result(run("def f(x):\n    x[0] = 9\n    return x.sum()\n", {"x": X}, return_inputs=True))
    assert result.inputs_after is not None
    assert result.inputs_after["x"].tolist() == [[9.0, 9.0, 9.0], [3.0, 4.0, 5.0]]
    assert X[0, 0] == 0.0


def test_state_lives_from_call_to_call_but_not_from_run_to_run(numpy_sandbox):
    source = "seen = []\ndef f(x):\n    seen.append(x)\n    return len(seen)\n"
    for _ in range(2):
        outcome = numpy_sandbox.run(Program(source), [Call("f", {"x": 1})] * 3)
        assert [result.value for result in outcome.results] == [1, 2, 3]


def test_a_driver_calls_the_learners_module(numpy_sandbox):
    source = "class Counter:\n    def __init__(self): self.n = 0\n    def add(self, k): self.n += k\n"
    driver = "def call(learner, steps):\n    c = learner.Counter()\n    for k in steps: c.add(k)\n    return c.n\n"
    outcome = numpy_sandbox.run(Program(source, driver), [Call("Counter", {"steps": [1, 2, 3]})])
    assert only_result(outcome).value == 6


def test_one_call_that_raises_does_not_end_the_run(numpy_sandbox):
    calls = [Call("f", {"x": x}) for x in (1, 0, 2)]
    outcome = numpy_sandbox.run(Program("def f(x): return 2 / x"), calls)
    assert outcome.status is Status.COMPLETED
    assert [result.value for result in outcome.results] == [2.0, None, 1.0]
    assert [result.error and result.error.type for result in outcome.results] == [None, "ZeroDivisionError", None]


def test_calls_answered_before_the_end_are_kept(numpy_sandbox):
    calls = [Call("f", {"x": x}) for x in (1, 2, 3)]
    source = "import os\ndef f(x): return x if x < 3 else os._exit(3)"
    outcome = numpy_sandbox.run(Program(source), calls)
    assert (outcome.status, [result.value for result in outcome.results]) == (Status.RUN_TIME_ERROR, [1, 2])
    assert "exit code 3" in outcome.detail


def test_a_megabyte_goes_in_and_out(run):
    big = np.random.default_rng(0).normal(size=(1000, 1000))
    np.testing.assert_array_equal(only_result(run("def f(x): return x.T", {"x": big})).value, big.T)


def test_memory_below_the_limit_is_there(numpy_sandbox):
    limits = Limits(memory_mib=128)
    outcome = numpy_sandbox.run(
        Program("import numpy as np\ndef f(): return float(np.ones(100 * 2**17).sum())"), [Call("f", {})], limits
    )
    assert only_result(outcome).value == 100 * 2**17
    assert outcome.peak_memory_mib > 90


def test_what_was_used_is_reported(run):
    outcome = run("def f():\n    s = 0\n    for i in range(10**6): s += i\n    return s\n")
    assert 0.0 < outcome.cpu_s < 2.0
    assert 0.0 < outcome.wall_s < 10.0
    assert list(outcome.phases) == ["ready", "sent", "answered", "finished"]


def test_random_numbers_differ_from_run_to_run(run):
    source = "import random, numpy as np\ndef f(): return [random.random(), np.random.rand()]"
    first, second = (only_result(run(source)).value for _ in range(2))
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_the_standard_library_and_scratch_files_work(run):
    source = (
        "import tempfile, decimal, json, statistics, colorsys\n"
        "def f():\n"
        "    with tempfile.NamedTemporaryFile('w+') as file:\n"
        "        json.dump([1, 2], file)\n"
        "        file.seek(0)\n"
        "        return [json.load(file), str(decimal.Decimal(1) / 3)[:4], statistics.mean([1, 3])]\n"
    )
    assert only_result(run(source)).value == [[1, 2], "0.33", 2]


def test_inputs_that_cannot_be_sent_are_our_error(run):
    with pytest.raises(SandboxError, match="cannot be sent"):
        run("def f(x): return x", {"x": np.array([None])})
    assert only_result(run("def f(): return 1")).value == 1
