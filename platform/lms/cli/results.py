"""The results of a folder: what is kept while it is graded, and the file that is there in the end.

results.csv.part    a line of JSON for each file as it is graded, so that nothing is lost when it stops
results.csv         all of them, written at the end as a whole
"""

import csv
import io
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

from lms.cli.errors import MistakeError
from lms.cli.tokens import write_atomically

FORMULA = ("=", "+", "-", "@", "\t")  # a spreadsheet would compute what begins so, whoever wrote it


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one file. `verdict` is "" and `error` a sentence where it could not be graded."""

    file: str
    task: str = ""
    submission: str = ""
    verdict: str = ""
    score: float | None = None
    max_score: float | None = None
    misconceptions: str = ""  # slugs, separated by spaces
    checks_passed: int | None = None
    checks: int | None = None
    error: str = ""
    sha256: str = ""  # of the source as it was graded

    @classmethod
    def of(cls, known: Any) -> Self:
        """Return a row from a line of either file. Raises ValueError, TypeError or KeyError where it is none."""
        kinds = {"score": float, "max_score": float, "checks_passed": int, "checks": int}
        told = {each.name: known[each.name] for each in fields(cls)}
        return cls(**{name: _read(value, kinds.get(name, str)) for name, value in told.items()})

    @property
    def is_final(self) -> bool:
        """Whether grading the same source again is of no use: a fault of the grader's is tried again."""
        return self.verdict not in {"", "internal_error"}


COLUMNS = [each.name for each in fields(Row)]


class Results:
    """The rows so far, by file. `run` names this grading of the folder, also when it is continued."""

    def __init__(self, path: Path | None, *, force: bool) -> None:
        self.path = path
        self.run = os.urandom(16).hex()
        self.rows: dict[str, Row] = {}
        if path is None:
            return
        self._part = path.with_name(f"{path.name}.part")
        if path.suffix not in {".csv", ".json"} or path.is_dir():
            raise MistakeError(
                f"--output {path} is not a file of a known kind: give a name that ends in .csv or .json."
            )
        try:
            if force:
                self._part.unlink(missing_ok=True)
            else:
                self._read()
            self._begin()
        except OSError as error:
            raise MistakeError(f"{error.filename} cannot be read or written: {error.strerror}.") from None

    def add(self, row: Row) -> None:
        self.rows[row.file] = row
        if self.path is not None:
            self._append(asdict(row))

    def finish(self) -> None:
        """Write the file as a whole, in the order of the names."""
        if self.path is None:
            return
        rows = [asdict(self.rows[name]) for name in sorted(self.rows)]
        try:
            write_atomically(self.path, _json(rows) if self.path.suffix == ".json" else _csv(rows))
            self._part.unlink()
        except OSError as error:
            raise MistakeError(
                f"{self.path} cannot be written: {error.strerror}. All is kept in {self._part}."
            ) from None

    def _read(self) -> None:
        for path, read in ((self.path, self._read_finished), (self._part, self._read_part)):
            try:
                if path is not None and path.exists():
                    read(path.read_text(encoding="utf-8"))
            except (ValueError, TypeError, KeyError):
                raise MistakeError(
                    f"{path} does not hold results of grade-folder. Give another --output, or --force to write over it."
                ) from None

    def _read_finished(self, text: str) -> None:
        is_json = self.path is not None and self.path.suffix == ".json"
        for row in map(Row.of, json.loads(text) if is_json else map(_unescaped, csv.DictReader(io.StringIO(text)))):
            self.rows[row.file] = row

    def _read_part(self, text: str) -> None:
        """Read what was kept; a last line that is not whole was being written when it stopped."""
        first, *lines = text[: text.rfind("\n") + 1].splitlines() or ["{}"]
        self.run = str(json.loads(first).get("run", self.run))
        for row in (Row.of(json.loads(line)) for line in lines):
            self.rows[row.file] = row

    def _begin(self) -> None:
        """Write what is known so far anew: half a line at the end would spoil the next."""
        known = [{"run": self.run}, *map(asdict, self.rows.values())]
        write_atomically(self._part, "".join(json.dumps(each) + "\n" for each in known))

    def _append(self, document: dict[str, Any]) -> None:
        with self._part.open("a", encoding="utf-8") as file:
            file.write(json.dumps(document) + "\n")


def _read(value: Any, kind: type) -> Any:
    return kind(value) if kind is str or value not in {None, ""} else None


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, indent=2) + "\n"


def _csv(rows: Iterable[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _escaped(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _escaped(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith((*FORMULA, "'")) else value


def _unescaped(row: dict[str, str]) -> dict[str, str]:
    return {name: value.removeprefix("'") for name, value in row.items()}
