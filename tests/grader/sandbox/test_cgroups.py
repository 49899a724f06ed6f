import os
import subprocess
import sys
from pathlib import Path

import pytest

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
