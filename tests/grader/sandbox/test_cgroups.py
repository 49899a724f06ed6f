import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.cgroups import Cgroup, make_cgroup
from grader.sandbox.hierarchies import Places

ROOT = Path(__file__).parents[3]
V2 = Path("/sys/fs/cgroup")
DIVIDE_ALONE = """
echo $$ > "$0/cgroup.procs"
exec unshare --cgroup --mount sh -ec '
    umount --lazy /sys/fs/cgroup
    mount -t cgroup2 none /sys/fs/cgroup
    for number in 1 2 3; do "$0" -c "$1" & done
    wait' "$@"
"""
WORKER = r"""
import os
import sys
from pathlib import Path
from grader.sandbox.cgroups import open_cgroup

pid = os.fork()
if pid == 0:
    os.read(os.pipe()[0], 1)
try:
    group = open_cgroup(pid)
    own = Path("/proc/self/cgroup").read_text().strip()
    sys.stdout.write(f"{own} {[str(path.parent) for path in group.paths]} {group.holds(pid)}\n")  # in one piece
finally:
    os.kill(pid, 9)
    os.wait()
group.remove()
"""


@pytest.mark.jail
@pytest.mark.cgroup_v2
def test_workers_that_start_together_in_a_group_of_their_own_move_below_it_to_divide_it():
    """As in a service with Delegate=yes, or in a container: nothing above the group is theirs."""
    service = V2 / f"baremath-test-{os.getpid()}"
    service.mkdir()
    command = ["sh", "-ec", DIVIDE_ALONE, str(service), sys.executable, WORKER]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        left = [path for path in service.iterdir() if path.is_dir()]
    finally:
        for path in (*filter(Path.is_dir, service.iterdir()), service):
            path.rmdir()
    assert done.stdout.splitlines() == ["0::/baremath-worker ['/sys/fs/cgroup'] True"] * 3, done.stderr
    assert left == [service / "baremath-worker"]


V2_FILES = {
    "memory.max": "max",
    "memory.current": "1000",
    "memory.swap.max": "max",
    "memory.oom.group": "1",
    "cgroup.kill": "",
}


def group_of(folder, files):
    """Return a group that is a plain folder with these files."""
    group = Cgroup(Places(folder, folder), "group")
    group.make()
    for name, text in {**files, "pids.max": "max"}.items():
        (folder / "group" / name).write_text(text)
    return group, folder / "group"


def test_v2_swaps_nothing_and_ends_one_process_only(tmp_path):
    group, folder = group_of(tmp_path, V2_FILES)
    group.fix()
    fixed = {name: (folder / name).read_text() for name in ("memory.swap.max", "memory.oom.group", "pids.max")}
    assert fixed == {"memory.swap.max": "0", "memory.oom.group": "0", "pids.max": "32"}


@pytest.mark.parametrize("name", ["memory.swap.max", "memory.oom.group"])
def test_a_kernel_that_does_not_take_a_setting_is_an_error(tmp_path, name):
    group, folder = group_of(tmp_path, V2_FILES)
    (folder / name).unlink()
    (folder / name).symlink_to("/dev/null")
    with pytest.raises(OSError, match=f"{name} does not take 0"):
        group.fix()


def test_v2_without_swap_accounting_can_be_used(tmp_path):
    group, folder = group_of(tmp_path, V2_FILES)
    (folder / "memory.swap.max").unlink()
    group.fix()
    group.limit_memory(1)
    assert (folder / "memory.max").read_text() == str(1000 + 2**20)
    assert not (folder / "memory.swap.max").exists()


def test_a_group_of_v2_is_killed_by_the_kernel_s_own_switch(tmp_path):
    group, folder = group_of(tmp_path, V2_FILES)
    group.remove()
    assert (folder / "cgroup.kill").read_text() == "1"
    (folder / "cgroup.kill").unlink()
    group.kill()
    assert not (folder / "cgroup.kill").exists()


@pytest.fixture
def process():
    """A process that waits, and that takes as many MiB as it is told to."""
    code = "held = bytearray(int(input()) << 20); input()"
    with subprocess.Popen([sys.executable, "-ISc", code], stdin=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def take(process, mib):
    """Return how the process ends after it has taken so much memory."""
    process.communicate(f"{mib}\n\n", timeout=20)
    return process.returncode


@pytest.mark.jail
@pytest.mark.cgroup_v1
def test_v1_limits_memory_and_swap_together(process):
    group = make_cgroup(process.pid)
    assert (group._memory / "memory.swappiness").read_text() == "0\n"
    for extra in (64, 8, 128, 16):  # the kernel refuses a limit on memory above the one on memory and swap
        group.limit_memory(extra)
        limits = [int((group._memory / f"memory.{name}limit_in_bytes").read_text()) for name in ("", "memsw.")]
        assert limits[0] <= limits[1] < (extra + 32) * 2**20
    assert take(process, 64) == -signal.SIGKILL
    assert group.out_of_memory_kills() == 1
    group.remove()


@pytest.mark.jail
@pytest.mark.cgroup_v2
def test_v2_ends_whatever_is_left_in_a_group(process):
    group = make_cgroup(process.pid)
    group.limit_memory(64)
    assert (group._memory / "memory.swap.max").read_text() == "0\n"
    group.remove()
    assert process.wait(10) == -signal.SIGKILL
    assert not any(path.exists() for path in group.paths)
