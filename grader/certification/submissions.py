"""Whole submissions get the verdict that they must get: starter, reference, and every file below submissions/."""

import statistics

from courses.task_format import Task, Variant
from grader.certification.program import reference_program
from grader.certification.proofs import Jails, Proof, seeds
from grader.judge import Verdict, VerdictCode, grade

REJECTIONS = {VerdictCode.WRONG_ANSWER, VerdictCode.PARTIALLY_ACCEPTED, VerdictCode.RUN_TIME_ERROR}
ACCEPTED_SEEDS = 5
WRONG_SEEDS = 2
SPARE = 3  # limits hold with this factor to spare


def starter_is_rejected(task: Task, proof: Proof, jails: Jails) -> str:
    [seed] = seeds(task, proof, 1)
    verdict = grade(task, task.starter, proof.backend, jails(proof.backend), seed=seed)
    if verdict.code is VerdictCode.ACCEPTED or verdict.score:
        return f"the starter is worth {verdict.score:g} points ({told(verdict)}); leave the work to the learner."
    return ""


def reference_is_accepted(task: Task, proof: Proof, jails: Jails) -> str:
    verdicts = _graded(task, reference_program(task, proof.backend).source, proof, jails, ACCEPTED_SEEDS)
    return next((f"the reference is not accepted: {told(each)}." for each in verdicts if not _is_full(each)), "")


def variant_is_accepted(task: Task, proof: Proof, jails: Jails) -> str:
    """Show that a right answer is accepted whatever the secret cases, far from every limit."""
    variant = _variant(task.accepted_variants, proof)
    verdicts = _graded(task, variant.path.read_text(encoding="utf-8"), proof, jails, ACCEPTED_SEEDS)
    for verdict in verdicts:
        if not _is_full(verdict):
            return f"it is not accepted: {told(verdict)}."
    limits = (("cpu_s", "CPU time", task.limits.cpu_s), ("peak_memory_mib", "memory", task.limits.memory_mib))
    for key, name, limit in limits:
        if SPARE * statistics.median(verdict.resources[key] for verdict in verdicts) > limit:
            return f"it needs more than a third of the {name} limit; raise limits.{key.removeprefix('peak_')}."
    return ""


def variant_gets_its_verdict(task: Task, proof: Proof, jails: Jails) -> str:
    variant = _variant(task.failing_variants, proof)
    [verdict] = _graded(task, variant.path.read_text(encoding="utf-8"), proof, jails, 1)
    return "" if verdict.code == variant.verdict else f"its verdict is not {variant.verdict}: {told(verdict)}."


def variant_is_rejected_and_named(task: Task, proof: Proof, jails: Jails) -> str:
    """Show that a wrong answer is rejected and that its name alone is given."""
    [variant] = [variant for variant in task.wrong_variants if variant.slug == proof.subject]
    for verdict in _graded(task, variant.path.read_text(encoding="utf-8"), proof, jails, WRONG_SEEDS):
        if verdict.code not in REJECTIONS:
            return f"it is not rejected: {told(verdict)}; add a case in which it is wrong."
        names = [misconception.slug for misconception in verdict.misconceptions]
        if proof.subject not in names:
            others = f" but {', '.join(names)} is" if names else ""
            return (
                f"it is rejected and not named{others}: {told(verdict)}; let it fail two cases, or six numbers of one."
            )
        if len(names) > 1:
            others = ", ".join(name for name in names if name != proof.subject)
            return f"it is named, but ambiguously: so is {others}; add a case in which the two differ."
    return ""


def told(verdict: Verdict) -> str:
    """Return a verdict in one clause, with the seed that gives it again."""
    words = verdict.code.value.replace("_", " ")
    failed = next((check for check in verdict.checks if not check.passed), None)
    if failed:
        words += f", check “{failed.name}” fails"
    if verdict.failing_case:
        words += f" in case “{verdict.failing_case.case}” ({verdict.failing_case.category})"
    if verdict.error:
        words += f" with {verdict.error['type']}: {verdict.error['message']}"
    return f"{words}, --seed {verdict.provenance['seed']}"


def _graded(task: Task, source: str, proof: Proof, jails: Jails, count: int) -> list[Verdict]:
    jail = jails(proof.backend)
    return [grade(task, source, proof.backend, jail, seed=seed) for seed in seeds(task, proof, count)]


def _variant(variants: tuple[Variant, ...], proof: Proof) -> Variant:
    return next(each for each in variants if (each.slug, each.backend) == (proof.subject, proof.backend))


def _is_full(verdict: Verdict) -> bool:
    return verdict.code is VerdictCode.ACCEPTED and verdict.score == verdict.max_score
