"""docs/certification.json, what was found out last about each task, and the page for readers that is made from it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.certification.certificate import Certificate

INTRODUCTION = """\
# What the tests of each task are shown to reject

Made by `make certify` from `docs/certification.json`; [authoring.md](authoring.md) says what is certified and how.
Every number comes from the real judge and the real jail:

- **accepted**: independent right answers that are accepted, with five draws of the secret cases each.
- **wrong**: wrong answers as learners write them that are rejected and named exactly: their own name and no other.
- **degenerate**: answers that only look like one and are rejected: zeros, ones, a constant, NaN, the input echoed,
  rounded to float16, the shown results hard-coded, nothing.
- **mutants**: the reference with one mistake in its syntax; killed, of all that can be imported.

| task | backends | accepted | wrong | degenerate | mutants | score | |
|---|---|---|---|---|---|---|---|
"""


def read_record(path: Path) -> dict[str, Certificate]:
    """Return the kept certificates by task, none where there is no such file."""
    if not path.is_file():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {task: Certificate.from_dict(task, entry) for task, entry in kept.items()}


def write_record(path: Path, certificates: Mapping[str, Certificate]) -> None:
    """Write the certificates, and beside them the page made from them (`.md` for `.json`)."""
    ordered = {task: certificates[task].as_dict() for task in sorted(certificates)}
    path.write_text(json.dumps(ordered, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(page(certificates.values()), encoding="utf-8")


def page(certificates: Iterable[Certificate]) -> str:
    """Return docs/certification.md."""
    ordered = sorted(certificates, key=lambda each: each.task)
    text = INTRODUCTION + "".join(f"{_row(each)}\n" for each in ordered)
    for each in ordered:
        if each.survivors:
            text += f"\n## Survivors of {each.task}\n"
            text += "".join(f"- {mutant}: {reason}\n" for mutant, reason in each.survivors.items())
    return text


def _row(each: Certificate) -> str:
    cells = (
        each.task,
        ", ".join(each.backends),
        each.accepted,
        each.wrong,
        each.degenerate,
        each.mutants,
        each.score,
        "certified" if each.is_certified else "**not certified**",
    )
    return f"| {' | '.join(map(str, cells))} |"
