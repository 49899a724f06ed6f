"""The cost model against what is known in closed form, and its report."""

import json
import math
import xml.etree.ElementTree as ET

import pytest

from benchmarks import model
from benchmarks.__main__ import main
from benchmarks.system.throughput_report import SERVICES

MACHINE = {
    "measured": "2026-01-01T00:00+00:00",
    "cores": 2,
    "processor": "a processor",
    "kernel": "Linux",
    "python": "3.11",
    "numpy": "2",
    "torch": "2",
    "bubblewrap": "0.8",
    "load_at_start": 0.1,
}


def a_run(workers, per_s, *, path_ms=20.0, beside_ms=10.0):
    cpu_ms = dict.fromkeys(SERVICES, 0.0) | {"worker": path_ms / 2, "jail": path_ms / 2, "web": beside_ms}
    return {"workers": workers, "backend": "numpy", "per_s": per_s, "cpu_ms": cpu_ms}


def a_load():
    return {
        "machine": MACHINE,
        "asked": {"workers": 2},
        "variation": 1.0,
        "ledger": {"handed_in": 1000},
        "statuses": {
            "POST": {"202": 1000}, "state": {"200": 1500, "304": 500}, "result": {"200": 1000}, "task": {"200": 4000},
        },
        "cpu_s": {
            "web": 40.0, "db": 8.0, "proxy": 0.8, "redis": 0.8,
            "worker": 10.0, "jail": 20.0, "events": 1.0, "sweeper": 0.5,
        },
        "memory_mib": {"web": 200.0, "worker": 300.0, "jail": 500.0, "generator": 50.0},
    }  # fmt: skip


def test_waiting_follows_erlang_and_pollaczek_khinchine():
    assert model.erlang_c(1, 0.5) == pytest.approx(0.5)
    assert model.erlang_c(2, 1.0) == pytest.approx(1 / 3)
    assert model.waiting(0.8, 1.0, 1.0, 1).mean_s == pytest.approx(4.0)  # M/M/1
    assert model.waiting(0.8, 1.0, 0.0, 1).mean_s == pytest.approx(2.0)  # M/D/1 waits half as long
    assert model.waiting(0.8, 1.0, 1.0, 1).p95_s == pytest.approx(5.0 * math.log(0.8 / 0.05))
    assert model.waiting(2.0, 1.0, 1.0, 2).mean_s == math.inf


def test_a_closed_network_is_bound_by_its_customers_and_then_by_its_servers():
    assert model.closed_network(1, 2, 0.02, 0.005) == pytest.approx(1 / 0.025)
    assert model.closed_network(2, 2, 0.02, 0.0) == pytest.approx(100.0)
    assert model.closed_network(50, 2, 0.02, 0.005) == pytest.approx(100.0, rel=1e-3)


def test_throughput_is_bound_by_all_that_a_verdict_and_its_post_cost():
    one = model.cost(a_run(1, 40.0))
    assert (one.path_s, one.beside_s, one.pause_s) == pytest.approx((0.02, 0.01, 0.005))
    assert model.verdicts_per_s(one, 1, 64) == pytest.approx(40.0, rel=0.01)
    assert model.verdicts_per_s(one, 1, 2) == pytest.approx(40.0, rel=0.01)  # the POSTs have the other core
    assert model.verdicts_per_s(one, 50, 2) == pytest.approx(2 / 0.03, rel=0.01)
    at_once = model.cost(a_run(1, 62.5))  # 16 ms for each verdict, of which worker and jail together compute 20
    assert (at_once.path_s, at_once.beside_s, at_once.pause_s) == pytest.approx((0.016, 0.014, 0.0))


def test_a_submission_pays_for_its_share_of_what_readers_use_too():
    mine = model.submission_cpu_s(a_load())
    assert mine == pytest.approx({
        "web": 0.02, "db": 0.004, "proxy": 0.0004, "redis": 0.0004,
        "worker": 0.01, "jail": 0.02, "events": 0.001, "sweeper": 0.0005,
    })  # fmt: skip


def test_a_deadline_asks_for_more_graders_than_come_in_and_less_than_waste():
    found = model.deadline(a_load())
    assert found["per_s"] == pytest.approx(100_000 * 6 * 0.5 / 10_800)
    assert found["rows"][0]["graders"] == math.floor(found["per_s"] * 0.03) + 1
    assert [row["mean_s"] for row in found["rows"]] == sorted((row["mean_s"] for row in found["rows"]), reverse=True)
    assert found["enough"] in found["rows"]
    assert model.drained(10.0, 0.5, 2)["waiting"] == pytest.approx(6.0 * 10_800)
    assert model.drained(10.0, 0.5, 2)["hours_after"] == pytest.approx(4.5)


def test_the_report_says_how_far_off_the_prediction_was(tmp_path):
    throughput = {"machine": MACHINE, "runs": [a_run(1, 40.0), a_run(2, 50.0)]}
    (tmp_path / "throughput.json").write_text(json.dumps(throughput))
    (tmp_path / "load.json").write_text(json.dumps(a_load()))
    main(["--folder", str(tmp_path), "model"])
    first, second = json.loads((tmp_path / "model.json").read_text())["checks"]
    assert second["error"] == pytest.approx(second["predicted"] / 50 - 1, abs=0.001)
    text = (tmp_path / "model.md").read_text()
    assert f"{first['predicted']:.1f} |     40.0 | calibrated |" in text
    assert f"{second['error']:+.0%} |" in text
    labels = [each.text for each in ET.fromstring((tmp_path / "model.svg").read_text()).iter() if each.text]
    assert "50.0 /s" in labels
