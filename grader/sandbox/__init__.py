"""Runs learners' code where it can do nothing but compute. Everything other packages need is named here."""

from grader.sandbox.outcome import (
    Call,
    CallResult,
    Kind,
    LearnerError,
    Limits,
    Outcome,
    Program,
    SandboxError,
    SandboxUnavailable,
    Status,
    TraceLine,
    Value,
)
from grader.sandbox.supervisor import Sandbox

__all__ = [
    "Call",
    "CallResult",
    "Kind",
    "LearnerError",
    "Limits",
    "Outcome",
    "Program",
    "Sandbox",
    "SandboxError",
    "SandboxUnavailable",
    "Status",
    "TraceLine",
    "Value",
]
