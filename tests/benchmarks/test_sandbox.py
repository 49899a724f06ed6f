"""`make bench-sandbox` in small: it runs, and its numbers come from submissions that were really run."""

import json
import xml.etree.ElementTree as ET

import pytest

from benchmarks import ways
from benchmarks.__main__ import main
from benchmarks.chart import Bar, chart
from benchmarks.sandbox import speedup
from benchmarks.summary import Summary

pytestmark = pytest.mark.jail


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("benchmarks")
    small = ["-n", "1", "--repeats", "2", "--kinds", "numpy", "--seconds", "0.2", "--submissions", "101"]
    main(["--folder", str(folder), "sandbox", *small])
    return folder


@pytest.fixture(scope="module")
def result(folder):
    return json.loads((folder / "sandbox.json").read_text())


def test_every_way_was_timed_as_often_as_asked(result):
    counts = [(way["name"], way["n"]) for way in result["ways"]]
    assert counts == [(way.name, 2 if way.is_ours else 1) for way in ways.WAYS]
    assert [way["exchange"] and way["exchange"]["n"] for way in result["ways"]] == [None, None, None, 2, 2]
    assert all(0 < way["exchange"]["least"] < way["least"] for way in result["ways"] if way["exchange"])
    assert all(0 < way["least"] <= way["median"] <= way["p95"] for way in result["ways"])


def test_a_new_interpreter_costs_more_than_a_parked_child(result):
    bare, *_, parked = result["ways"]
    assert speedup(result, bare) == 1
    assert speedup(result, parked) == pytest.approx(bare["median"] / parked["median"])
    assert bare["least"] > parked["least"]


def test_throughput_memory_and_endurance_are_there(result):
    assert all(rate > 0 for rate in result["throughput"]["numpy"].values())
    assert list(result["throughput"]["numpy"]) == ["1", "2", "4"]
    early, late = result["endurance"]["numpy"]
    assert (early["submissions"], late["submissions"]) == (100, 101)
    assert late["descriptors"] <= early["descriptors"] + 2


def test_sixteen_children_share_most_of_the_memory(result):
    held = result["memory"]["numpy"]
    if isinstance(held, str):
        assert held.startswith("not measured")  # an ordinary user may not read it
    else:
        assert held["children"] == 16
        assert held["together_mib"] < 16 * 20


def test_the_report_and_the_chart_show_the_medians(folder, result):
    report = (folder / "sandbox.md").read_text()
    drawn = {text.text for text in ET.parse(folder / "sandbox.svg").getroot().iter("{http://www.w3.org/2000/svg}text")}
    for way in result["ways"]:
        assert way["name"] in report
        assert way["name"] in drawn


def test_a_way_that_answers_something_else_is_found_out():
    class Idle(ways.Bare):
        name = "idle"

        def run(self):
            return [0.0, 0.0]

    with pytest.raises(RuntimeError, match=r"idle \(numpy\) answered"):
        ways.timed(Idle("numpy"))


def test_a_summary_orders_its_times():
    assert Summary.of([0.003, 0.001, 0.002]).as_dict() == {"n": 3, "median": 2.0, "p95": 3.0, "least": 1.0}


def test_a_bar_ten_times_as_long_is_one_decade_longer():
    svg = ET.fromstring(chart("times", [Bar("numpy", name, time, time, ours=False) for name, time in
                                        [("a", 1.0), ("b", 10.0), ("c", 100.0)]], "note"))  # fmt: skip
    widths = [
        float(bar.get("width")) for bar in svg.iter("{http://www.w3.org/2000/svg}rect") if bar.get("class") == "rival"
    ]
    assert widths[2] - widths[1] == pytest.approx(widths[1], abs=1.0)
