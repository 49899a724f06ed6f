"""Each kind of proof fails for the task that it is there to find."""

import pytest

import mlcore.numpy
import mlcore.torch
from courses.task_format import load_task
from grader.certification.plan import carried_out, proofs
from grader.certification.proofs import Proof
from tests.task_folders import write_task

pytestmark = pytest.mark.jail

SIGNATURE = "def mean_squared_error(y_true, y_pred):\n"
RIGHT = SIGNATURE + "    return ((y_true - y_pred) ** 2).mean()\n"
SUM = SIGNATURE + "    return ((y_true - y_pred) ** 2).sum()\n"
DID = '"""You did this. Why?"""\n'
STATEMENT = "Write `mean_squared_error`.\n\n>>> mean_squared_error([1.0], [3.0])\n4.0\n"
TIED_ONCE = SIGNATURE + "    error = ((y_true - y_pred) ** 2).mean()\n    return error + (y_true.size == 1)\n"
SLOW = SIGNATURE + (
    "    import time\n    began = time.process_time()\n"
    "    while time.process_time() - began < 0.25:\n        pass\n"
    "    return ((y_true - y_pred) ** 2).mean()\n"
)
HUNGRY = SIGNATURE + "    import numpy\n    numpy.ones(16 << 20)\n    return ((y_true - y_pred) ** 2).mean()\n"
ACCEPTED, WRONG = "submissions/accepted/plain.py", "submissions/wrong_answer/sum-for-mean.py"
TOLERANT = {'kind = "allclose"': 'kind = "allclose"\nrtol = 1.0\natol = 1.0'}


@pytest.fixture
def prove(tmp_path, sandboxes):
    """Return a function that carries out a proof for a task with these files and returns what is not shown."""

    def prove(proof, files=None, toml=None):
        task = load_task(write_task(tmp_path / "a-task", {"statement.md": STATEMENT, **(files or {})}, toml))
        return carried_out(task, proof, sandboxes)

    return prove


def test_nothing_is_missing_in_a_task_that_is_as_it_should_be(prove, tmp_path):
    prove(Proof("hints"))
    for proof in proofs(load_task(tmp_path / "a-task")):
        result = prove(proof)
        assert result.problem == ""
        assert all(trial.is_killed for trial in result.trials)


@pytest.mark.parametrize(
    ("proof", "files", "toml", "problem"),
    [
        (Proof("texts"), {"solution.md": "# TODO\n"}, {}, "something is left to do (TODO): solution.md, line 1"),
        (Proof("hints"), {"hints.md": "## One\nThink.\n"}, {}, "hints.md has a single hint"),
        (Proof("example"), {"statement.md": "Write it.\n"}, {}, "statement.md has no example"),
        (Proof("example"), {"statement.md": STATEMENT.replace("4.0", "5.0")}, {}, "the example gives something else"),
        (Proof("starter"), {"starter.py": RIGHT}, {}, "the starter is worth 4 points"),
        (Proof("accepted", "plain"), {ACCEPTED: SUM}, {}, "it is not accepted: wrong answer, check “values”"),
        (Proof("accepted", "plain"), {ACCEPTED: SLOW}, {}, "more than a third of the CPU time limit"),
        (Proof("accepted", "plain"), {ACCEPTED: HUNGRY}, {}, "more than a third of the memory limit"),
        (Proof("wrong", "sum-for-mean"), {WRONG: DID + RIGHT}, {}, "it is not rejected"),
        (Proof("wrong", "sum-for-mean"), {WRONG: DID + TIED_ONCE}, {}, "it is rejected and not named"),
        (
            Proof("wrong", "sum-for-mean"),
            {"submissions/wrong_answer/the-same.py": DID + SUM},
            {},
            "it is named, but ambiguously: so is the-same",
        ),
        (
            Proof("failing", "late"),
            {"submissions/time_limit_exceeded/late.py": RIGHT},
            {},
            "its verdict is not time_limit_exceeded: accepted",
        ),
        (Proof("degenerate", "rounded to float16"), {}, TOLERANT, "they must be rejected"),
        (Proof("reference"), {"cases.py": "def sample(rng):\n    1 / 0\nedge = secret = sample\n"}, {}, "ZeroDivision"),
    ],
)
def test_what_is_not_shown_is_told(prove, proof, files, toml, problem):
    assert problem in prove(proof, files, toml).problem


def test_a_mutant_that_no_case_tells_from_the_reference_survives(prove):
    cases = (
        "import numpy as np\n\n\ndef sample(rng):\n"
        "    yield 'one', {'y_true': np.array([1.0]), 'y_pred': np.array([3.0])}\n"
        "\n\ndef edge(rng):\n    return iter(())\n\n\nsecret = edge\n"
    )
    trials = [trial for part in range(8) for trial in prove(Proof("mutants", str(part)), {"cases.py": cases}).trials]
    survivors = [trial.mutant for trial in trials if not trial.is_killed]
    assert survivors == [name for name in survivors if "`sum` for `mean`" in name or "`*` for `**`" in name] != []


@pytest.fixture
def reference(tmp_path, monkeypatch):
    """Return a function that makes `mlcore.<name>` of a source for each backend."""

    def reference(name, **sources):
        for package in (mlcore.numpy, mlcore.torch):
            backend = package.__name__.removeprefix("mlcore.")
            (tmp_path / backend).mkdir()
            (tmp_path / backend / f"{name}.py").write_text(sources[backend])
            monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path / backend)])

    return reference


def test_twins_that_differ_are_told(prove, reference):
    reference("unlike", numpy=RIGHT, torch=RIGHT.rstrip() + " * (1 + 1e-8)\n")
    problem = prove(Proof("twins"), toml={"mlcore.losses:": "mlcore.unlike:"}).problem
    assert problem.startswith("mlcore.torch differs from mlcore.numpy in case “three numbers”")


def test_a_mutant_that_fails_at_import_is_not_counted(prove, reference):
    source = "EXPONENT = [2][0]\n\n\n" + RIGHT.replace("** 2", "** EXPONENT")
    reference("strict", numpy=source, torch=source)
    parts = [prove(Proof("mutants", str(part)), toml={"mlcore.losses:": "mlcore.strict:"}).trials for part in range(8)]
    invalid = [trial.mutant for trials in parts for trial in trials if not trial.is_valid]
    assert invalid == ["EXPONENT, line 1: `1` for `0`"]
