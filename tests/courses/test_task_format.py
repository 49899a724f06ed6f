import re

import pytest

from courses.task_format import CheckSpec, Hint, Survivor, TaskFormatError, load_task
from grader.judge.kinds import KINDS
from tests.task_folders import FILES, TOML, write_task


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "squared-error"


def refusal(folder, files=None, toml=None):
    """Return what is said about the task with that one change."""
    with pytest.raises(TaskFormatError) as caught:
        load_task(write_task(folder, files, toml))
    return str(caught.value)


def test_a_complete_folder_is_a_task(folder):
    task = load_task(write_task(folder))
    assert (task.slug, task.entry, task.backends) == ("squared-error", "mean_squared_error", ("numpy", "torch"))
    assert task.checks == (
        CheckSpec("values", "allclose", 3),
        CheckSpec("leaves its inputs alone", "unchanged_inputs", 1),
    )
    assert task.max_score == 4
    assert task.hints == (Hint("First", "Subtract."), Hint("Second", "Square."))
    assert task.starter == FILES["starter.py"]
    assert (task.limits.cpu_s, task.limits.memory_mib, task.driver) == (2.0, 256, "")
    [variant] = task.wrong_variants
    assert (variant.slug, variant.did, variant.question) == ("sum-for-mean", "You added up.", "What is a mean?")
    assert [accepted.slug for accepted in task.accepted_variants] == ["plain"]


def test_every_kind_of_check_that_a_task_may_name_is_one_that_the_judge_knows(folder):
    said = refusal(folder, toml={'kind = "allclose"': 'kind = "close"'})
    allowed = re.search(r"allowed: (.*?)\.", said)[1].split(", ")
    assert set(allowed) == set(KINDS)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("difficulty = 1", "dificulty = 1", "difficulty: is missing. Is it 'dificulty', mistyped?"),
        ("format = 1", "format = 1\nexact_shape = true", "exact_shape: is no known key. Did you mean 'exact_shapes'?"),
        ("points = 3", "points = 3\nrtoll = 1e-3", "checks 1.rtoll: is no known key. Did you mean 'rtol'?"),
        ("points = 3", "points = 3\n[limits]\ncpu = 2", "limits.cpu: is no known key. Did you mean 'cpu_s'?"),
        ("format = 1", "format = 2", "format: is 2; write a whole number from 1 to 1."),
        ("difficulty = 1", "difficulty = true", "difficulty: is True; write a whole number from 1 to 5."),
        ("difficulty = 1", "difficulty = 6", "difficulty: is 6; write a whole number from 1 to 5."),
        ('"Mean squared error"', '""', "title: is ''; write a text in quotes."),
        ('"Mean squared error"', "3", "title: is 3; write a text in quotes."),
        ('["loss"]', '"loss"', """concepts: is 'loss'; write a list of texts, as in ["a", "b"]."""),
        ('"numpy", "torch"', '"numpy", "pytorch"', "has 'pytorch'; allowed: numpy, torch. Did you mean 'torch'?"),
        ('["numpy", "torch"]', "[]", "backends: is empty; name at least one."),
        ('["numpy", "torch"]', '["torch", "torch"]', "backends: is ['torch', 'torch']; name each entry once."),
        ("0190f3c2-7c1e", "0190f3c2", "write a UUID in lower case"),
        ("7c1e-7b0e", "7C1E-7B0E", "write a UUID in lower case"),
        ('entry = "mean_', 'entry = "mean ', "write the Python name that the learner defines"),
        ("mlcore.losses:", "mlcore.losses.", "write 'mlcore.<subject>:<name>'"),
        ('"mlcore.losses', '"os', "write 'mlcore.<subject>:<name>'"),
        ("points = 3", 'points = "3"', "points: is '3'; write a number from 0 to 1000."),
        ("points = 3", "points = -3", "points: is -3; write a number from 0 to 1000."),
        ("points = 3", "points = 3\nrtol = true", "rtol: is True; write a number from 0 to 1."),
        ("points = 3", 'points = 3\noutput = "dw"', "output: is 'dw', but task.toml lists no outputs = [...]"),
        ('"leaves its inputs alone"', '"values"', "name: 'values' names another check already"),
        ("points = 3", "points = 3\ncases = []", "cases: is empty; name at least one."),
        ('kind = "allclose"', 'kind = "property"', "predicate: is missing."),
        ("format = 1", "format 1", "not valid TOML"),
        ("format = 1", "exact_shapes = 1\nformat = 1", "exact_shapes: is 1; write true or false."),
    ],
)  # fmt: skip
def test_what_is_wrong_in_task_toml_is_said_with_file_key_and_what_to_do(folder, old, new, said):
    message = refusal(folder, toml={old: new})
    assert message.startswith(str(folder / "task.toml"))
    assert said in message


def test_a_task_without_checks_or_points_is_refused(folder):
    assert "at least one table [[checks]]" in refusal(folder, files={"task.toml": TOML.split("[[checks]]")[0]})
    assert "no check carries points" in refusal(folder, toml={"points = 3": "points = 0", "points = 1": "points = 0"})


def test_an_output_must_be_one_of_those_listed(folder):
    said = refusal(
        folder, toml={"format = 1": 'format = 1\noutputs = ["dx", "dw"]', "points = 3": 'points = 3\noutput = "db"'}
    )
    assert "it names none of outputs = ['dx', 'dw']" in said


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("submissions")])
def test_a_missing_file_is_named(folder, name):
    message = refusal(folder, files={name: None})
    assert message.startswith(f"{folder / name}:")
    assert "this file" in message


@pytest.mark.parametrize("name", ["statement.md", "starter.py", "hints.md", "solution.md", "cases.py"])
def test_an_empty_file_is_named(folder, name):
    assert refusal(folder, files={name: " \n"}) == f"{folder / name}: is empty; write it, or remove the task."


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("hints.md", "## First\n\n## Second\nSquare.\n", "the hint 'First' is empty"),
        ("hints.md", "Subtract.\n", "begin with a heading"),
        ("hints.md", "First of all:\n## First\nSubtract.\n", "begin with a heading"),
        ("starter.py", "def mean_square_error(): ...\n", "`entry` names. Did you mean 'mean_square_error'?"),
        ("starter.py", "def f(:\n", "is not valid Python"),
        ("cases.py", "def sample(rng): ...\ndef edge(rng): ...\n", "defines no 'secret'"),
        ("driver.py", "def run(learner): ...\n", "defines no 'call'"),
        ("submissions/wrong_answer/sum_for_mean.py", '"""Done. Why?"""\n', "name it in kebab-case"),
        ("submissions/wrong_answer/no-docstring.py", "x = 1\n", "begin with a docstring of two parts"),
        ("submissions/wrong_answer/no-question.py", '"""You added up. Average."""\n', "a docstring of two parts"),
        ("submissions/wrong_answer/only-a-question.py", '"""What is a mean?"""\n', "a docstring of two parts"),
        ("submissions/wrong-answer/other.py", "x = 1\n", "is named after no verdict; known: accepted, wrong_answer"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_another_file_is_said(folder, name, text, said):
    assert said in refusal(folder, files={name: text})


def test_a_property_check_needs_its_predicate(folder):
    toml = {'kind = "allclose"': 'kind = "property"\npredicate = "is_a_mean"'}
    assert "checker.py: the file is missing" in refusal(folder, toml=toml)
    assert "defines no 'is_a_mean'" in refusal(folder, files={"checker.py": "def is_mean(): ...\n"}, toml=toml)


OUTPUTS = {"format = 1": 'format = 1\noutputs = ["loss", "dpred"]'}
GRADIENT = 'kind = "gradient"\noutput = "dpred"\nwrt = "y_pred"'
CHECKER = {"checker.py": "def reached(inputs, got, want):\n    return ''\n"}
TRAINING = 'kind = "training"\npredicate = "reached"'


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (f'{GRADIENT}\nloss = "loss"', {"output": "dpred", "wrt": "y_pred", "loss": "loss"}),
        (GRADIENT, {"output": "dpred", "wrt": "y_pred"}),
        (f"{TRAINING}\nleast = 9", {"predicate": "reached", "least": 9}),
        ('kind = "speed"\nat_most = 50', {"at_most": 50}),
    ],
)
def test_each_kind_of_check_has_keys_of_its_own(folder, keys, found):
    task = load_task(write_task(folder, CHECKER, OUTPUTS | {'kind = "allclose"': keys}))
    kind = keys.split('"')[1]
    assert task.checks[0] == CheckSpec("values", kind, 3, **found)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ('kind = "gradient"\noutput = "dpred"', "checks 1.wrt: is missing."),
        ('kind = "gradient"\nwrt = "y_pred"', "checks 1.output: is missing; name the output that is the gradient"),
        (GRADIENT.replace("y_pred", "y_prd"), "wrt: is 'y_prd'; allowed: y_true, y_pred. Did you mean 'y_pred'?"),
        (f'{GRADIENT}\nloss = "los"', "checks 1.loss: is 'los', but it names none of outputs = ['loss', 'dpred']"),
        (f'{GRADIENT}\nloss = "dpred"', "checks 1.loss: is 'dpred', the gradient itself"),
        ('kind = "allclose"\nwrt = "y_pred"', "wrt: belongs to checks of kind gradient; this one is of kind allclose."),
        ('kind = "exact"\npredicate = "p"', "checks 1.predicate: belongs to checks of kind property and training;"),
        ('kind = "property"\npredicate = "p"\nleast = 2', "checks 1.least: belongs to checks of kind training;"),
        (TRAINING, "checks 1.least: is missing."),
        (f"{TRAINING}\nleast = 0", "checks 1.least: is 0; write a whole number from 1 to 1000."),
        ('kind = "training"\nleast = 2', "checks 1.predicate: is missing."),
        ('kind = "speed"', "checks 1.at_most: is missing."),
        ('kind = "speed"\nat_most = 20', "checks 1.at_most: is 20; allowed: 5, 50, 500."),
        ('kind = "speed"\nat_most = 50.0', "checks 1.at_most: is 50.0; allowed: 5, 50, 500."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_keys_of_a_kind_is_said(folder, keys, said):
    message = refusal(folder, CHECKER, OUTPUTS | {'kind = "allclose"': keys})
    assert message.startswith(str(folder / "task.toml"))
    assert said in message


def test_an_input_is_looked_for_where_the_inputs_are_named(folder):
    toml = OUTPUTS | {'kind = "allclose"': GRADIENT}
    driver = "def call(learner, logits, rate=1):\n    return learner.mean_squared_error(logits)\n"
    assert "wrt: is 'y_pred'; allowed: logits, rate." in refusal(folder, {"driver.py": driver}, toml)
    for unknown in ("learner, **inputs", "learner, *inputs"):
        driver = f"def call({unknown}):\n    return 1\n"
        assert load_task(write_task(folder, {"driver.py": driver}, toml)).checks[0].wrt == "y_pred"


def test_mutants_that_survive_are_listed_with_their_reason(folder):
    entry = '\n[[survivors]]\nmutant = "line 3: `<` for `<=`"\nreason = "Both branches agree there."\n'
    task = load_task(write_task(folder, toml={"points = 1": f"points = 1{entry}"}))
    assert task.survivors == (Survivor("line 3: `<` for `<=`", "Both branches agree there."),)
    assert load_task(write_task(folder)).survivors == ()
    for old, new, said in (
        (entry, entry * 2, "survivors 2.mutant: 'line 3: `<` for `<=`' is listed already"),
        ("reason", "because", "survivors 1.reason: is missing."),
        ("reason =", "line = 3\nreason =", "survivors 1.line: is no known key."),
        ('"Both branches agree there."', '""', "survivors 1.reason: is ''; write a text in quotes."),
    ):
        assert said in refusal(folder, toml={"points = 1": f"points = 1{entry.replace(old, new)}"})
    assert "survivors: write at least one table" in refusal(folder, toml={"format = 1": "format = 1\nsurvivors = 3"})


def test_the_folder_name_is_the_slug(tmp_path):
    for name in ("Squared-Error", "squared_error", "squared--error", "squared error"):
        assert "kebab-case" in refusal(tmp_path / name)


def test_hints_may_show_code_with_headings_in_it(folder):
    text = "## First\nWrite:\n```python\n## a comment\n```\n"
    assert load_task(write_task(folder, {"hints.md": text})).hints == (Hint("First", text.split("\n", 1)[1].strip()),)


def test_the_backend_of_a_submission_is_its_first_line(folder):
    docstring = '"""You did it. Did you?"""\n'
    task = load_task(
        write_task(
            folder,
            {
                "submissions/accepted/tensor.py": "# backend: torch\nimport torch\n",
                "submissions/wrong_answer/with-torch.py": f"# backend: torch\n{docstring}",
                "submissions/run_time_error/raises.py": "import nothing\n",
            },
        )
    )
    assert {variant.slug: variant.backend for variant in task.accepted_variants} == {
        "plain": "numpy",
        "tensor": "torch",
    }
    assert {variant.slug: variant.backend for variant in task.wrong_variants} == {
        "sum-for-mean": "numpy",
        "with-torch": "torch",
    }
    assert [(variant.slug, variant.verdict) for variant in task.failing_variants] == [("raises", "run_time_error")]


def test_a_docstring_of_paragraphs_asks_in_the_last(folder):
    text = '"""You added up.\n\nThat is a sum: it grows.\n\nDoes a mean grow? Should\nit?"""\n'
    variants = load_task(write_task(folder, {"submissions/wrong_answer/sum-for-mean.py": text})).wrong_variants
    assert variants[0].did == "You added up. That is a sum: it grows."
    assert variants[0].question == "Does a mean grow? Should it?"


def version(folder, files=None):
    return load_task(write_task(folder, files)).version


@pytest.mark.parametrize(
    "name", ["task.toml", "cases.py", "statement.md", "hints.md", "submissions/wrong_answer/sum-for-mean.py"]
)
def test_the_version_changes_with_what_is_read_or_decides(folder, name):
    before = version(folder)
    assert version(folder, {name: FILES[name] + "\n"}) != before


def test_the_version_is_that_of_the_content_alone(folder, tmp_path):
    before = version(folder)
    assert re.fullmatch("[0-9a-f]{64}", before)
    assert version(tmp_path / "elsewhere" / "squared-error") == before
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "cases.pyc").write_bytes(b"x")
    (folder / ".cases.py.swp").write_text("x")
    assert version(folder, {"submissions/accepted/other.py": "x = 1\n"}) == before


def test_the_version_tells_names_from_contents(folder, tmp_path):
    one = version(folder, {"a.txt": "bc", "ab.txt": ""})
    assert version(tmp_path / "other" / "squared-error", {"a.txt": "", "ab.txt": "bc"}) != one
