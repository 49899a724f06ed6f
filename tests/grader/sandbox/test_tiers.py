"""Whom programs run as, and who makes their namespaces: with user namespaces, with rights, with both, with neither."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox import Call, Limits, Program, Sandbox, SandboxUnavailable, Status
from grader.sandbox.child import check_status
from grader.sandbox.layers import check_layers
from grader.sandbox.tiers import Tier, free_users, root_rights

ROOT = Path(__file__).parents[3]
ALL_USERS = "         0          0 4294967295\n"
ATTACKS = {
    "import os; os.fork()": Status.FORBIDDEN_OPERATION,
    "import ctypes; ctypes.CDLL(None).unshare(0x10000000)": Status.FORBIDDEN_OPERATION,
    "import ctypes; ctypes.CDLL(None).setns(0, 0)": Status.FORBIDDEN_OPERATION,
    "import os; os.setuid(0)": Status.FORBIDDEN_OPERATION,
    "import os; os.kill(-1, 9)": Status.COMPLETED,
    "return open('/etc/passwd').read()": Status.COMPLETED,
    "return open('/proc/self/status').read()": Status.COMPLETED,
    "import os; return os.listdir('/')": Status.COMPLETED,
    "keep = []\n    while True: keep.append(b'x' * 2**20)": Status.MEMORY_LIMIT_EXCEEDED,
    "while True: pass": Status.TIME_LIMIT_EXCEEDED,
}


@pytest.mark.parametrize(
    ("id_map", "expected"),
    [
        (ALL_USERS, range(0x70000000, 0x80000000)),
        ("0 100000 65536\n", range(32768, 65520)),
        ("0 1000 1\n1 100000 65536\n", range(32769, 65521)),
        ("0 1000 1\n", None),
        ("1000 1000 1\n", None),
    ],
)
def test_users_that_nobody_uses_are_found_in_the_map_of_this_namespace(id_map, expected):
    assert free_users(id_map) == expected


def test_only_root_has_rights():
    status = "Uid:\t{0}\t{0}\t{0}\t{0}\nCapEff:\t00000000002000c1\n"
    assert root_rights(status.format(0)) == {0, 6, 7, 21}
    assert root_rights(status.format(1000)) == set()


def test_without_user_namespaces_no_two_children_side_by_side_have_the_same_user():
    tier = Tier("B", user_namespaces=False, user=2000)
    users = [tier.next_user() for _ in range(30)]
    assert all(len(set(users[i : i + 15])) == 15 for i in range(15))
    assert set(users) == set(range(2001, 2016))


def test_libraries_that_other_users_may_not_read_are_an_error_with_a_remedy(tmp_path):
    tmp_path.chmod(0o750)
    with pytest.raises(SandboxUnavailable, match="chmod -R o\\+rX"):
        Tier("A", user_namespaces=True, user=2000).check_readable([str(tmp_path)])
    Tier("A", user_namespaces=True).check_readable([str(tmp_path)])


@pytest.mark.jail
@pytest.mark.root
def test_programs_of_a_root_worker_run_as_a_user_of_their_own():
    with Sandbox("numpy") as first, Sandbox("numpy") as second:
        users = set()
        for sandbox in (first, second):
            seat = sandbox._take_seat(Limits())
            status = check_status(seat.child.pid, {"Groups": ""})
            assert len({*status["Uid"].split(), *status["Gid"].split()}) == 1
            users.add(int(status["Uid"].split()[0]))
            seat.close()
        assert len(users) == 2
        assert min(users) >= 0x70000000


@pytest.mark.jail
@pytest.mark.root
def test_a_child_can_have_no_user_namespace_below_its_own():
    with Sandbox("numpy") as sandbox:
        seat = sandbox._take_seat(Limits())
        look = [
            "nsenter",
            "--preserve-credentials",
            f"--user=/proc/{seat.child.pid}/ns/user",
            "cat",
            "/proc/sys/user/max_user_namespaces",
        ]
        assert subprocess.run(look, capture_output=True, text=True, check=True).stdout == "0\n"
        seat.close()


def inside(user_namespaces: int) -> dict[str, object]:
    """Run `main` below as root of a user namespace, and return what it says."""
    command = [sys.executable, "-m", "tests.grader.sandbox.namespace", str(user_namespaces)]
    command += [sys.executable, "-m", "tests.grader.sandbox.test_tiers"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def main() -> None:
    with Sandbox("numpy", parked=3) as sandbox:
        assert sandbox._zygote is not None
        missing = [layer.name for layer in check_layers() if not layer.holds]
        words = next(layer.reason for layer in check_layers() if layer.name == "namespaces")
        report = {"tier": words[:6], "missing": missing, "statuses": [], "innocent": 0, "users": []}
        for attack in ATTACKS:
            call = [Call("f", {})]
            limits = Limits(cpu_s=0.3, memory_mib=32)
            report["statuses"].append(sandbox.run(Program(f"def f():\n    {attack}\n"), call, limits).status)
            outcome = sandbox.run(Program("def f(): return 1\n"), call)
            report["innocent"] += outcome.results[0].value
        seats = [sandbox._take_seat(Limits()) for _ in range(3)]
        report["users"] = [check_status(seat.child.pid, {"Groups": ""})["Uid"] for seat in seats]
        for seat in seats:
            seat.close()
    sys.stdout.write(json.dumps(report))


@pytest.mark.jail
@pytest.mark.root
@pytest.mark.parametrize(("user_namespaces", "tier", "users"), [(0, "B", 3), (1000, "A", 1)])
def test_both_tiers_hold(user_namespaces, tier, users):
    report = inside(user_namespaces)
    assert (report["tier"], report["missing"]) == (f"tier {tier}", [])
    assert report["statuses"] == list(ATTACKS.values())
    assert report["innocent"] == len(ATTACKS)
    assert len(set(report["users"])) == users


@pytest.mark.jail
def test_with_neither_the_jail_is_refused_with_a_remedy():
    script = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$0" -c "$1"'
    code = "from grader.sandbox import Sandbox; Sandbox('numpy').open()"
    command = ["unshare", "--user", "--map-root-user", "sh", "-c", script, sys.executable, code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "SandboxUnavailable" in done.stderr
    assert "user.max_user_namespaces=10000" in done.stderr


if __name__ == "__main__":
    main()
