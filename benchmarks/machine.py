"""What the numbers were measured on, and whether anybody else was using it."""

import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

QUIET_LOAD = 0.5


def facts() -> dict[str, str | float | int]:
    """Return cores, kernel, versions and the load average at this moment."""
    return {
        "measured": datetime.now(UTC).isoformat(timespec="minutes"),
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "kernel": f"Linux {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "torch": version("torch"),
        "bubblewrap": _first_line("bwrap", "--version").removeprefix("bubblewrap "),
        "load_at_start": round(os.getloadavg()[0], 2),
    }


def warning(facts: Mapping[str, str | float | int]) -> str:
    """Return a sentence if others were using the machine when it began, "" if it was quiet."""
    load = float(facts["load_at_start"])
    if load <= QUIET_LOAD:
        return ""
    return (
        f"The machine was NOT quiet: its load average was {load:g} at the start (quiet: at most {QUIET_LOAD}). "
        "The times are too long, and only ratios within one run mean anything."
    )


def sentence(facts: Mapping[str, str | float | int]) -> str:
    """Return the facts in one line."""
    return (
        f"{facts['measured']}: {facts['cores']} cores of {facts['processor']}, {facts['kernel']}, "
        f"Python {facts['python']}, NumPy {facts['numpy']}, PyTorch {facts['torch']}, "
        f"bubblewrap {facts['bubblewrap']}, load average at the start {facts['load_at_start']}."
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _first_line(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[0]
