"""What certification says about one task: counts, survivors, and what is not as it must be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from courses.task_format import Task
from grader.certification.proofs import Result, Trial

LEAST_SCORE = 0.95  # of the mutants are killed before anybody gives reasons


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a kind of proof hold."""

    shown: int
    of: int

    def __str__(self) -> str:
        return f"{self.shown}/{self.of}"


@dataclass(frozen=True, slots=True)
class Certificate:
    """`problems` is empty where the task is certified; what it says can change with the machine, the rest cannot."""

    task: str
    fingerprint: str
    backends: tuple[str, ...]
    accepted: Tally
    wrong: Tally  # rejected and named, each by its own name alone
    degenerate: Tally
    mutants: Tally  # killed
    survivors: dict[str, str]  # mutant -> reason
    problems: tuple[str, ...] = ()

    @property
    def is_certified(self) -> bool:
        return not self.problems

    @property
    def score(self) -> str:
        """Killed / (killed + survived) in per cent, a dash where the task has no mutants."""
        return f"{self.mutants.shown / self.mutants.of:.1%}" if self.mutants.of else "–"

    def as_dict(self) -> dict[str, Any]:
        """Return what is kept in docs/certification.json."""
        return {
            "fingerprint": self.fingerprint,
            "backends": list(self.backends),
            "accepted": str(self.accepted),
            "wrong": str(self.wrong),
            "degenerate": str(self.degenerate),
            "mutants": str(self.mutants),
            "survivors": self.survivors,
            "problems": list(self.problems),
        }

    @classmethod
    def from_dict(cls, task: str, kept: dict[str, Any]) -> "Certificate":
        tallies = {
            key: Tally(*map(int, kept[key].split("/"))) for key in ("accepted", "wrong", "degenerate", "mutants")
        }
        return cls(
            task=task,
            fingerprint=kept["fingerprint"],
            backends=tuple(kept["backends"]),
            survivors=dict(kept["survivors"]),
            problems=tuple(kept["problems"]),
            **tallies,
        )


def certificate(task: Task, fingerprint: str, results: Sequence[Result]) -> Certificate:
    """Return the certificate that the results of all proofs of a task make."""
    trials = [trial for result in results for trial in result.trials if trial.is_valid]
    survivors = [trial for trial in trials if not trial.is_killed]
    problems = [f"{result.proof}: {result.problem}" for result in results if result.problem]
    return Certificate(
        task=task.slug,
        fingerprint=fingerprint,
        backends=task.backends,
        accepted=_tally(results, "accepted"),
        wrong=_tally(results, "wrong"),
        degenerate=_tally(results, "degenerate"),
        mutants=Tally(len(trials) - len(survivors), len(trials)),
        survivors={
            survivor.mutant: survivor.reason
            for survivor in sorted(task.survivors, key=lambda survivor: survivor.mutant)
        },
        problems=tuple(problems + _problems_of_mutants(task, trials)),
    )


def _tally(results: Sequence[Result], kind: str) -> Tally:
    counted = [result for result in results if result.proof.kind == kind and result.counts]
    return Tally(sum(not result.problem for result in counted), len(counted))


def _problems_of_mutants(task: Task, trials: Sequence[Trial]) -> list[str]:
    """Return what is wrong about the survivors: too many, without a reason, or with a reason and yet killed."""
    survivors = sorted((trial for trial in trials if not trial.is_killed), key=lambda each: (each.path, each.line))
    names, reasons = {trial.mutant for trial in survivors}, {survivor.mutant for survivor in task.survivors}
    problems = [
        f"mutant survives: {trial.mutant} ({trial.path}:{trial.line}); kill it with a case, or give its reason in "
        f"[[survivors]] of task.toml."
        for trial in survivors
        if trial.mutant not in reasons
    ]
    problems += [
        f"survivor {mutant} is stale: that mutant is killed, or there is none of that name; remove it from task.toml."
        for mutant in sorted(reasons - names)
    ]
    if trials and len(trials) - len(survivors) < LEAST_SCORE * len(trials):
        score = f"{1 - len(survivors) / len(trials):.1%}"
        problems.append(f"only {score} of {len(trials)} mutants are killed; {LEAST_SCORE:.0%} is the least.")
    return problems
