"""`make bench-judge` in small: it runs, and its numbers come from verdicts that were really given."""

import json

import pytest

from benchmarks.__main__ import main
from benchmarks.judge import own_seconds, report

pytestmark = pytest.mark.jail


def test_only_the_judges_own_phases_count():
    phases = {"cases_drawn": 1.0, "jail_ready": 2.0, "answered": 4.0, "reference_computed": 4.5, "compared": 4.75}
    phases |= {"replayed": 8.0, "described": 8.125, "explained": 20.0}
    assert own_seconds(phases) == {
        "cases_drawn": 1.0,
        "reference_computed": 0.5,
        "compared": 0.25,
        "described": 0.125,
        "together": 1.875,
    }


def test_every_submission_of_a_task_is_timed_as_often_as_asked(tmp_path):
    main(["--folder", str(tmp_path), "judge", "-n", "2", "--tasks", "mean-squared-error"])
    result = json.loads((tmp_path / "judge.json").read_text())
    assert {"mean-squared-error, numpy, accepted", "mean-squared-error, numpy, rejected"} <= set(result["submissions"])
    for phases in result["submissions"].values():
        assert phases["together"]["n"] == 2
        assert all(0 < phase["least"] <= phase["median"] <= phase["p95"] for phase in phases.values())
        parts = [phase["least"] for name, phase in phases.items() if name != "together"]
        assert sum(parts) <= phases["together"]["least"] + 0.001
    assert (tmp_path / "judge.md").read_text() == report(result)
