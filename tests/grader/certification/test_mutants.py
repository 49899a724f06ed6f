from pathlib import Path

import pytest

from grader.certification.mutants import mutants
from grader.certification.program import Place, ReferenceProgram


def mutants_of(source):
    lines = source.count("\n")
    return mutants(ReferenceProgram(source, (Place("f", 1, lines, Path("f.py"), 10),)))


def changes(line, head="def f(x, y):"):
    """Return each mutant of a function of one line: what that line becomes, by the mutant's words."""
    source = f"{head}\n    {line}\n"
    return {
        mutant.name.removeprefix("f, line 2: "): mutant.source.splitlines()[1].strip() for mutant in mutants_of(source)
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("return x <= y", {"`<` for `<=`": "return x < y", "`>=` for `<=`": "return x >= y"}),
        ("return x and y", {"`or` for `and`": "return (x or y)"}),
        ("return not x", {"`x` for `not x`": "return x"}),
        ("return x is None", {"`is not` for `is`": "return x is not None"}),
        ("return -x", {"`x` for `-x`": "return x"}),
        ("return x @ y.T", {"`*` for `@`": "return (x * y.T)", "`y` for `y.T`": "return x @ y"}),
        (
            "return x ** 2",
            {"`*` for `**`": "return (x * 2)", "`3` for `2`": "return x ** 3", "`1` for `2`": "return x ** 1"},
        ),
        ("return 0.5", {"`1.0` for `0.5`": "return 1.0", "`0.25` for `0.5`": "return 0.25"}),
        ("return 0.0", {"`1.0` for `0.0`": "return 1.0"}),
        (
            "return x - y",
            {"`+` for `-`": "return (x + y)", "without `- y`": "return x"},
        ),
        (
            "return x * y",
            {"`/` for `*`": "return (x / y)", "without `* y`": "return x", "without `x *`": "return y"},
        ),
        (
            "return x.sum(axis=k, keepdims=True)",
            {
                "`mean` for `sum`": "return x.mean(axis=k, keepdims=True)",
                "without `axis=k`": "return x.sum(keepdims=True)",
                "`False` for `True`": "return x.sum(axis=k, keepdims=False)",
            },
        ),
        ("x = relu(x)", {"without `x = relu(x)`": "pass", "`x` for `relu(x)`": "x = x"}),
        ("out[i] = x", {"without `out[i] = x`": "pass"}),
        ("x += y", {"`-=` for `+=`": "x -= y", "`=` for `+=`": "x = y", "without `x += y`": "pass"}),
        ("out.append(x)", {"without `out.append(x)`": "pass"}),
        ("return g(x, y)", {"`y, x` for `x, y`": "return g(y, x)"}),
        ("return x[:n]", {"`1:n` for `:n`": "return x[1:n]", "`:n - 1` for `:n`": "return x[:n - 1]"}),
        ("return x[i:]", {"`i + 1:` for `i:`": "return x[i + 1:]", "`i:-1` for `i:`": "return x[i:-1]"}),
        ("return x.copy()", {"`x` for `x.copy()`": "return x"}),
        ("return range(n)", {"`n - 1` for `n`": "return range(n - 1)"}),
        ("return np.argmin(x)", {"`argmax` for `argmin`": "return np.argmax(x)"}),
        ("return np.zeros(n)", {"`ones` for `zeros`": "return np.ones(n)"}),
        ("return x if y else z", {"`not y` for `y`": "return x if not y else z"}),
    ],
)
def test_a_line_has_these_mutants(line, expected):
    assert changes(line) == expected


def test_the_words_of_a_slice_with_a_step():
    assert changes("return x[::y]") == {
        "`1::y` for `::y`": "return x[1::y]",
        "`:-1:y` for `::y`": "return x[:-1:y]",
        "`:` for `::y`": "return x[:]",
    }


def test_precedence_is_kept_when_a_term_is_dropped():
    assert changes("return (x - y) ** k")["without `- y`"] == "return x ** k"
    assert changes("return (x / (y + z)) * k")["without `+ z`"] == "return (x / y) * k"
    assert changes("return x / y ** z")["`*` for `**`"] == "return x / (y * z)"


@pytest.mark.parametrize(
    "line",
    [
        '"""Adds 1 and 2."""',
        "x: dict[str, 3] = y",
        "raise ValueError(1 + 2)",
        "assert x > 0",
        "import numpy",
        "x = np.asarray(x, dtype=float)",
        "return np.hypot(x, y)",
        "return zip(x, strict=True)",
        "return 'nchw'",
    ],
)
def test_what_is_no_part_of_the_computation_is_left_alone(line):
    assert changes(line) == {}


def test_any_negative_size_means_the_same_to_reshape():
    assert changes("return x.reshape(n, -1)") == {
        "`-1, n` for `n, -1`": "return x.reshape(-1, n)",
        "`1` for `-1`": "return x.reshape(n, 1)",
    }


def test_arguments_whose_order_means_nothing_stay():
    assert list(changes("return np.swapaxes(x, i, j)")) == ["`i, x` for `x, i`"]
    assert list(changes("return np.maximum(x, y)")) == ["`minimum` for `maximum`"]


def test_every_mutant_has_a_name_of_its_own_and_another_source():
    found = mutants_of("def f(x, y):\n    return x + y + x + y\n")
    names, sources = [mutant.name for mutant in found], [mutant.source for mutant in found]
    assert len(set(names)) == len(set(sources)) == len(found)
    assert "f, line 2: `-` for `+` (no. 2)" in names


def test_lines_are_counted_from_the_definition_and_told_in_the_file():
    [mutant, _] = mutants_of("def f(x, y):\n\n    return x < y\n")
    assert (mutant.name, mutant.line) == ("f, line 3: `<=` for `<`", 12)


def test_what_belongs_to_no_definition_is_left_alone():
    program = ReferenceProgram("a = 1 + 2\n\n\ndef f():\n    return 3\n", (Place("f", 4, 5, Path("f.py"), 4),))
    assert [mutant.name for mutant in mutants(program)] == ["f, line 2: `4` for `3`", "f, line 2: `2` for `3`"]
