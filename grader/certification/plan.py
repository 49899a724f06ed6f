"""Which proofs a task needs, and how each kind is carried out."""

from collections.abc import Callable, Mapping

from courses.task_format import Task
from grader.certification import degenerate, submissions, texts, twins
from grader.certification.degenerate import DEGENERATE
from grader.certification.errors import CertificationError
from grader.certification.killing import PARTS, trials
from grader.certification.proofs import Jails, Proof, Result
from grader.judge import JudgeError

KINDS: Mapping[str, Callable[[Task, Proof, Jails], str | None]] = {
    "texts": lambda task, *_: texts.everything_is_written(task),
    "hints": lambda task, *_: texts.hints_are_there(task),
    "example": lambda task, *_: texts.example_runs(task),
    "twins": lambda task, proof, _: twins.twins_agree(task, proof),
    "starter": submissions.starter_is_rejected,
    "reference": submissions.reference_is_accepted,
    "accepted": submissions.variant_is_accepted,
    "failing": submissions.variant_gets_its_verdict,
    "wrong": submissions.variant_is_rejected_and_named,
    "control": degenerate.control_is_accepted,
    "degenerate": degenerate.is_rejected,
}


def proofs(task: Task) -> list[Proof]:
    """Return all that is to be shown about a task."""
    plan = [Proof(kind, backend="") for kind in ("texts", "hints", "example")]
    plan += [Proof("twins", backend="")] if len(task.backends) > 1 else []
    for backend in task.backends:
        plan += [Proof(kind, "", backend) for kind in ("starter", "reference", "control")]
    for kind, variants in (("accepted", task.accepted_variants), ("failing", task.failing_variants)):
        plan += [Proof(kind, variant.slug, variant.backend) for variant in variants]
    plan += [Proof("wrong", variant.slug, variant.backend) for variant in task.wrong_variants]
    plan += [Proof("degenerate", change, backend) for backend in task.backends for change in DEGENERATE]
    return plan + [Proof("mutants", str(part), "") for part in range(PARTS)]


def carried_out(task: Task, proof: Proof, jails: Jails) -> Result:
    """Return what came of a proof. SandboxError passes through: it says nothing about the task."""
    try:
        if proof.kind == "mutants":
            return Result(proof, trials=trials(task, int(proof.subject), jails))
        problem = KINDS[proof.kind](task, proof, jails)
    except (JudgeError, CertificationError) as error:
        return Result(proof, str(error))
    return Result(proof, problem or "", counts=problem is not None)
