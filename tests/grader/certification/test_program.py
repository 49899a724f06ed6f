import pytest

import mlcore.numpy
from courses.task_format import load_task
from grader.certification import CertificationError
from grader.certification.program import reference_program
from tests.task_folders import write_task

DRIVER = "def call(learner, **inputs):\n    return learner.helper(learner.mean_squared_error(**inputs))\n"
TOML = {"mlcore.losses:mean_squared_error": "mlcore.odd:squared"}


@pytest.fixture
def subject(tmp_path, monkeypatch):
    """Return a function that writes a module `mlcore.numpy.<name>`."""
    monkeypatch.setattr(mlcore.numpy, "__path__", [*mlcore.numpy.__path__, str(tmp_path)])

    def write(name, text):
        (tmp_path / f"{name}.py").write_text(text)

    return write


@pytest.fixture
def task(tmp_path):
    def task(files=None, toml=None):
        return load_task(write_task(tmp_path / "a-task", files, {**TOML, **(toml or {})}))

    return task


def run(program):
    names = {}
    exec(program.source, names)
    return names


def test_the_reference_is_a_program_that_defines_the_entry(tmp_path):
    task = load_task(write_task(tmp_path / "a-task"))
    program = reference_program(task, "numpy")
    assert run(program)["mean_squared_error"]([1.0, 2.0], [1.0, 4.0]) == 2.0
    assert "huber_loss" not in program.source


def test_what_the_reference_reaches_in_other_modules_is_put_before_it_and_nothing_else(subject, task):
    subject(
        "odd_a", "import math\nBASE = 2\n\n\ndef power(x):\n    return math.pow(x, BASE)\n\n\ndef other():\n    pass\n"
    )
    subject("odd", "from mlcore.numpy.odd_a import power\n\n\ndef squared(x):\n    return power(x)\n")
    program = reference_program(task(), "numpy")
    assert run(program)["mean_squared_error"](3.0) == 9.0
    assert [place.name for place in program.places] == ["BASE", "power", "squared"]
    assert "other" not in program.source
    lines = program.source.splitlines()
    for place in program.places:
        assert lines[place.first - 1] == place.path.read_text().splitlines()[place.line - 1]


def test_what_a_driver_asks_of_the_learner_is_there_too(subject, task):
    subject("odd_d", "def squared(**inputs):\n    pass\n\n\ndef helper(x):\n    pass\n")
    program = reference_program(task({"driver.py": DRIVER}, {"mlcore.odd:": "mlcore.odd_d:"}), "numpy")
    assert [place.name for place in program.places] == ["squared", "helper"]


@pytest.mark.parametrize("line", ["from mlcore.numpy import losses", "from mlcore.numpy.losses import huber_loss as h"])
def test_an_import_under_another_name_is_refused_with_what_to_do(subject, task, line):
    subject("odd_import", f"{line}\n\n\ndef squared(x):\n    pass\n")
    with pytest.raises(CertificationError, match="line 1: import functions by their own names"):
        reference_program(task(toml={"mlcore.odd:": "mlcore.odd_import:"}), "numpy")


def test_two_functions_of_one_name_are_refused(subject, task):
    subject("odd_b", "def shared():\n    return 1\n\n\ndef power():\n    return shared()\n")
    subject(
        "odd_c",
        "from mlcore.numpy.odd_b import power\n\n\ndef shared():\n    pass\n\n\ndef squared():\n    power(shared())\n",
    )
    with pytest.raises(CertificationError, match="both define shared"):
        reference_program(task(toml={"mlcore.odd:": "mlcore.odd_c:"}), "numpy")
