"""A verdict for a person at a terminal: checks, cases, small tables, prints, the lines of a traceback."""

from collections.abc import Iterator

from lms.cli.shapes import Document
from lms.cli.terminal import say

GOOD, BAD, OURS = "green", "red", "yellow"
Line = tuple[str, str]  # text and style


def style(verdict: str) -> str:
    if verdict in {"accepted", "returned"}:
        return GOOD
    return OURS if verdict in {"", "internal_error"} else BAD


def words(name: str) -> str:
    return name.replace("_", " ")


def standing(submission: Document) -> str:
    """Return verdict and score in a few words, or the status where there is no verdict."""
    if not submission["verdict"]:
        return str(submission["status"])
    points = f"{submission['score']:g} of {submission['max_score']:g}" if submission["max_score"] is not None else ""
    return f"{words(submission['verdict'])} {points}".rstrip()


def show_submission(submission: Document) -> None:
    say(f"{submission['task']}: {standing(submission)} points", style(submission["verdict"]))
    _show(_submission_lines(submission))


def show_run(result: Document) -> None:
    _show(_run_lines(result))


def _show(lines: Iterator[Line]) -> None:
    for text, line_style in lines:
        say(text, line_style)


def _submission_lines(submission: Document) -> Iterator[Line]:
    if submission["detail"]:
        yield submission["detail"], ""
    for check in submission["checks"]:
        mark = "passed" if check["passed"] else "FAILED"
        points = f"{check['points']:g} / {check['max_points']:g}"
        yield f"  {mark}  {points:<9} {check['name']}", GOOD if check["passed"] else BAD
        if check["feedback"]:
            yield f"          {check['feedback']}", ""
    for slug in submission["misconceptions"]:
        yield f"This looks like a known mistake: {words(slug.replace('-', ' '))}.", OURS
    if failing := submission["failing_case"]:
        yield "", ""
        hidden = failing["group"] == "secret"
        yield (
            f"Smallest failing case: {'a secret case' if hidden else failing['case']}, check “{failing['check']}”",
            "bold",
        )
        yield f"  {failing['message']}", ""
        yield from _arrays(failing["inputs"], failing)
        yield from _prints(failing["prints"])
    yield from _error(submission["error"])
    yield from _prints(submission["prints"])


def _run_lines(result: Document) -> Iterator[Line]:
    shown = _shown_samples(result["samples"])
    for sample in result["samples"]:
        mark = "passed" if sample["passed"] else "FAILED"
        yield f"{mark}  {sample['name']}", GOOD if sample["passed"] else BAD
        if sample["message"]:
            yield f"  {sample['message']}", ""
        if sample in shown:
            yield from _arrays(sample["inputs"], sample)
        yield from _prints(sample["prints"])
    yield from _arrays(result["outputs"], {})
    if result["note"]:
        yield result["note"], OURS
    if result["detail"]:
        yield result["detail"], style(result["code"])
    yield from _error(result["error"])
    yield from _prints(result["prints"])


def _shown_samples(samples: list[Document]) -> list[Document]:
    """Return those whose values say something: what returned the wrong ones, else the first that returned nothing."""
    failed = [sample for sample in samples if not sample["passed"]]
    return [sample for sample in failed if sample["got"]] or failed[:1]


def _arrays(named: dict[str, Document], compared: Document) -> Iterator[Line]:
    """Give the named arrays, then what was got beside what was expected."""
    for name, array in named.items():
        yield from _array(name or "returned", array)
    for name in ("got", "expected"):
        if compared.get(name):
            yield from _array(name, compared[name])


def _array(name: str, array: Document) -> Iterator[Line]:
    shape = str(tuple(array["shape"])) if array["shape"] else ""
    yield f"  {name}  {array['dtype']} {shape}".rstrip(), "bold"
    wrong = {tuple(cell) for cell in array["wrong"]}
    # A cell that differs is marked by a sign, for whoever sees no colours.
    marked = [
        [f"{'*' if (at, column) in wrong else ' '}{cell}" for column, cell in enumerate(row)]
        for at, row in enumerate(array["cells"])
    ]
    width = max((len(cell) for row in marked for cell in row), default=0)
    if array["truncated"] or array["others"]:
        where = ", ".join([*map(str, array["block"]), *(f"{start}:" for start in array["corner"] or (0, 0))])
        yield f"    at [{where}]", ""
    for at, row in enumerate(marked):
        has_wrong = any(place == at for place, _ in wrong)
        yield "    " + " ".join(f"{cell:>{width}}" for cell in row), BAD if has_wrong else ""
    if array["truncated"] or array["others"]:
        yield "    ... and more", ""


def _error(error: Document | None) -> Iterator[Line]:
    if error:
        yield f"{error['type']}: {error['message']}".rstrip(": "), BAD
        for frame in error["trace"]:
            where = f", in {frame['function']}" if frame["function"] else ""
            yield f"  line {frame['line']}{where}: {frame['text']}", ""


def _prints(prints: str) -> Iterator[Line]:
    if prints:
        yield "  printed:", "bold"
        yield from ((f"    {line}", "") for line in prints.rstrip("\n").split("\n"))
