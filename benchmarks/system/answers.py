"""What learners hand in under load: right, wrong and slow answers, and the verdicts that each may get."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from courses.task_format import Task, load_task

CONTENT = Path(__file__).resolve().parents[2] / "courses" / "content"
TASKS = (
    "mean-squared-error",
    "stable-softmax",
    "affine-backward",
    "conv2d-forward",
    "scaled-dot-product-attention",
    "k-means",
)
SLOW_S = 0.3  # of CPU time, spent once by each child that imports the answer: twice, as every answer is run again
SHARES = {"numpy, right": 50, "numpy, wrong": 25, "torch, right": 12, "torch, wrong": 8, "numpy, slow": 5}
_SPENDS_TIME = f"import time\n_ends = time.process_time() + {SLOW_S}\nwhile time.process_time() < _ends:\n    pass\n"


@dataclass(frozen=True, slots=True)
class Source:
    """A program for a task. `sort` is a key of SHARES."""

    name: str
    sort: str
    task: str
    backend: str
    text: str

    def is_right_verdict(self, verdict: str) -> bool:
        """Tell whether this is what the judge must say of it."""
        if self.sort.endswith("wrong"):
            return verdict in {"wrong_answer", "partially_accepted"}
        return verdict == "accepted"


def sources(slugs: Sequence[str] = TASKS) -> list[Source]:
    """Return the variants that come with the tasks: those that certification proves to be right or wrong."""
    folders = {path.parent.name: path.parent for path in CONTENT.glob("*/*/*/task.toml")}
    return [source for slug in slugs for source in _of(load_task(folders[slug]))]


def _of(task: Task) -> list[Source]:
    found = []
    for backend in task.backends:
        right = [variant.path for variant in task.accepted_variants if variant.backend == backend]
        wrong = [variant.path for variant in task.wrong_variants if variant.backend == backend]
        for sort, paths in (("right", right[:3]), ("wrong", wrong[:3])):
            found += [
                Source(f"{task.slug}/{path.stem}", f"{backend}, {sort}", task.slug, backend, path.read_text())
                for path in paths
            ]
    first = next(source for source in found if source.sort == "numpy, right")
    slow = Source(f"{first.name}, slow", "numpy, slow", task.slug, "numpy", _SPENDS_TIME + first.text)
    return [*found, slow]


def drawn(pool: Sequence[Source], count: int, rng: random.Random) -> list[Source]:
    """Return so many sources, each sort with its share of SHARES; sorts that the pool lacks are left out."""
    by_sort = {sort: [source for source in pool if source.sort == sort] for sort in SHARES}
    sorts = [sort for sort, members in by_sort.items() if members]
    return [rng.choice(by_sort[sort]) for sort in rng.choices(sorts, [SHARES[sort] for sort in sorts], k=count)]
