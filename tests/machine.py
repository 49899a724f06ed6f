"""Tests that need what not every machine has: left out where it is missing, and named in the summary."""

import os
from pathlib import Path

import pytest

_left_out = pytest.StashKey[dict[str, list[str]]]()


def _has_gpu():
    import torch

    return torch.cuda.is_available()


def _is_root():
    return os.geteuid() == 0


def _divides_cgroup_v2():
    controllers = [path.read_text() for path in Path("/sys/fs/cgroup").glob("cgroup.subtree_control")]
    return _is_root() and "memory" in "".join(controllers)


def _has_cgroup_v1():
    return _is_root() and any(":memory:" in line for line in Path("/proc/self/cgroup").read_text().splitlines())


NEEDS = {
    "gpu": ("no CUDA device here", _has_gpu),
    "root": ("only root can become other users", _is_root),
    "cgroup_v1": ("only root on a machine with cgroup v1 can make a group in it", _has_cgroup_v1),
    "cgroup_v2": ("only root on a machine with cgroup v2 can make a group to divide", _divides_cgroup_v2),
}


def pytest_collection_modifyitems(config, items):
    left_out = config.stash.setdefault(_left_out, {})
    for marker, (_, is_there) in NEEDS.items():
        needing = [item for item in items if item.get_closest_marker(marker)]
        if needing and not is_there():
            left_out[marker] = [item.nodeid for item in needing]
            config.hook.pytest_deselected(items=needing)
            items[:] = [item for item in items if item not in needing]


def pytest_terminal_summary(terminalreporter, config):
    for marker, names in config.stash.get(_left_out, {}).items():
        terminalreporter.section(f"not run: {NEEDS[marker][0]}")
        for name in names:
            terminalreporter.write_line(name)
