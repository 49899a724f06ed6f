"""python -m benchmarks sandbox | verdict | post | judge | pages; `make bench-...` calls it with what it needs."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks import judge, model, pages, post, sandbox, verdict
from benchmarks.system import growth, load, throughput

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "benchmarks"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the results are written")
    subjects = parser.add_subparsers(required=True)
    for subject in (sandbox, verdict, post, judge, pages, load, throughput, growth, model):
        own = subjects.add_parser(subject.__name__.rpartition(".")[2], description=subject.__doc__)
        subject.add_arguments(own)
        own.set_defaults(measure=subject.measure)
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    options.measure(options)


if __name__ == "__main__":
    main()
