import pytest

from courses.task_format import load_task
from grader.certification.certificate import certificate
from grader.certification.proofs import Proof, Result, Trial
from grader.certification.record import page, read_record, write_record
from tests.task_folders import TOML, write_task

REASON = '\n[[survivors]]\nmutant = "{}"\nreason = "Both are the same."\n'


@pytest.fixture
def certified(tmp_path):
    """Return a function that makes the certificate of some results, for a task that lists these survivors."""

    def certified(results, survivors=()):
        toml = TOML + "".join(map(REASON.format, survivors))
        return certificate(load_task(write_task(tmp_path / "a-task", {"task.toml": toml})), "abc", results)

    return certified


def mutants(killed, survivors=(), invalid=0):
    trials = [Trial(f"killed {number}", "losses.py", number, is_killed=True) for number in range(killed)]
    trials += [Trial(name, "losses.py", 9, is_killed=False) for name in survivors]
    trials += [Trial("invalid", "losses.py", 9, is_killed=True, is_valid=False)] * invalid
    return Result(Proof("mutants", "0"), trials=tuple(trials))


def test_a_task_without_problems_is_certified(certified):
    made = certified([Result(Proof("accepted", "plain")), mutants(20)])
    assert (made.is_certified, made.problems, made.score) == (True, (), "100.0%")


def test_what_was_not_shown_is_a_problem_that_names_its_subject(certified):
    made = certified([Result(Proof("wrong", "a", "torch"), "it is not rejected."), Result(Proof("wrong", "b"))])
    assert not made.is_certified
    assert made.problems == ("wrong a torch: it is not rejected.",)
    assert str(made.wrong) == "1/2"


def test_what_did_not_apply_is_not_counted(certified):
    assert str(certified([Result(Proof("degenerate", "rounded"), counts=False)]).degenerate) == "0/0"


def test_mutants_that_cannot_be_imported_are_not_counted(certified):
    assert str(certified([mutants(20, invalid=3)]).mutants) == "20/20"


def test_a_survivor_without_a_reason_is_a_problem(certified):
    [problem] = certified([mutants(19, ["f, line 1: x"])]).problems
    assert problem.startswith("mutant survives: f, line 1: x (losses.py:9)")


def test_a_survivor_with_a_reason_is_none_but_lowers_the_score(certified):
    made = certified([mutants(19, ["f, line 1: x"])], ["f, line 1: x"])
    assert (made.problems, made.score) == ((), "95.0%")


def test_too_many_survivors_are_a_problem_whatever_the_reasons(certified):
    [problem] = certified([mutants(18, ["f, line 1: x"])], ["f, line 1: x"]).problems
    assert problem == "only 94.7% of 19 mutants are killed; 95% is the least."


def test_a_reason_for_a_mutant_that_is_killed_is_stale(certified):
    [problem] = certified([mutants(20)], ["killed 3"]).problems
    assert problem.startswith("survivor killed 3 is stale")


def test_the_record_gives_back_what_was_written_and_a_page_of_it(certified, tmp_path):
    made = certified([Result(Proof("accepted", "plain")), mutants(19, ["f, line 1: x"])], ["f, line 1: x"])
    write_record(tmp_path / "certification.json", {"a-task": made})
    assert read_record(tmp_path / "certification.json") == {"a-task": made}
    text = (tmp_path / "certification.md").read_text()
    assert text == page([made])
    assert "| a-task | numpy, torch | 1/1 | 0/0 | 0/0 | 19/20 | 95.0% | certified |" in text
    assert "- f, line 1: x: Both are the same." in text


def test_where_nothing_was_recorded_nothing_is_kept(tmp_path):
    assert read_record(tmp_path / "certification.json") == {}
