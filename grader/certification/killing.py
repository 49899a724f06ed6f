"""Whether a mutant is told from the reference: judged as a submission, with secret cases and limits of its own."""

from dataclasses import replace
from functools import lru_cache

from courses.task_format import Task
from grader.certification.mutants import Mutant, mutants
from grader.certification.program import reference_program
from grader.certification.proofs import Jails, Trial, seed_of
from grader.judge import VerdictCode, grade
from grader.judge.examination import Examination, examination
from grader.sandbox import Outcome, Sandbox, Status

PARTS = 8  # of a task's mutants, so that several processes share them
TIMES, MORE_S = 3, 0.2  # of the reference's CPU time: a mutant that never ends must not take seconds
LAST_SEEDS = 3  # so many gradings a mutant passes before it counts as a survivor


def trials(task: Task, part: int, jails: Jails) -> tuple[Trial, ...]:
    """Return what became of every PARTS-th mutant of the task's reference, from number `part`."""
    backend = task.backends[0]
    jail = jails(backend)
    return tuple(_trial(task, mutant, backend, jail) for mutant in _mutants(task, backend)[part::PARTS])


@lru_cache(maxsize=64)
def _mutants(task: Task, backend: str) -> list[Mutant]:
    return mutants(reference_program(task, backend))


def _trial(task: Task, mutant: Mutant, backend: str, jail: Sandbox) -> Trial:
    place = "/".join(mutant.path.parts[-3:]), mutant.line
    exam = examination(task, backend, seed_of(task.slug, mutant.name), shown_only=False)
    limits = replace(task.limits, cpu_s=_cpu_s(task, backend, jail))
    outcome = replace(exam, task=replace(task, limits=limits)).put_to(mutant.source, jail)
    if _is_invalid(outcome):
        return Trial(mutant.name, *place, is_killed=True, is_valid=False)
    is_killed = _fails(exam, outcome) or not _is_accepted(task, mutant, backend, jail)
    return Trial(mutant.name, *place, is_killed)


def _cpu_s(task: Task, backend: str, jail: Sandbox) -> float:
    return min(task.limits.cpu_s, TIMES * _reference_cpu_s(task, backend, jail) + MORE_S)


@lru_cache(maxsize=64)
def _reference_cpu_s(task: Task, backend: str, jail: Sandbox) -> float:
    exam = examination(task, backend, seed_of(task.slug), shown_only=False)
    source = reference_program(task, backend).source
    return max(exam.put_to(source, jail).cpu_s for _ in range(2))


def _is_invalid(outcome: Outcome) -> bool:
    """Tell whether a program never came to its first call."""
    ended = outcome.status in {Status.SYNTAX_ERROR, Status.RUN_TIME_ERROR}
    return ended and outcome.error is not None and not outcome.results


def _fails(exam: Examination, outcome: Outcome) -> bool:
    if outcome.status is not Status.COMPLETED:
        return True
    expected = exam.expected(min(len(outcome.results), len(exam.cases)))
    return any(finding.difference is not None for finding in exam.findings(outcome, expected))


def _is_accepted(task: Task, mutant: Mutant, backend: str, jail: Sandbox) -> bool:
    seeds = [seed_of(task.slug, mutant.name, number) for number in range(LAST_SEEDS)]
    verdicts = (grade(task, mutant.source, backend, jail, seed=seed) for seed in seeds)
    return all(verdict.code is VerdictCode.ACCEPTED for verdict in verdicts)
