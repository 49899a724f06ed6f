"""Where groups are made, on machines of every kind: told in plain folders and the words of /proc."""

import contextlib
import os
import tempfile
from pathlib import Path

import pytest

from grader.sandbox import SandboxUnavailable
from grader.sandbox.hierarchies import DELEGATE, Places, find, named
from grader.sandbox.limits import _real_user

NOBODY = 65534
SYSTEMD = "5:name=systemd:/system.slice/worker.service\n"


@pytest.fixture
def machine():
    """A folder that every user can enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def group(folder, processes="", **files):
    """Make a folder that looks like a control group, and the groups above it."""
    for path in (folder, *folder.parents):
        if (path / "cgroup.procs").exists() or path == Path(tempfile.gettempdir()):
            break
        path.mkdir(parents=True, exist_ok=True)
        (path / "cgroup.procs").write_text("")
    (folder / "cgroup.procs").write_text(processes)
    for name, text in files.items():
        (folder / name.replace("_", ".", 1)).write_text(text)
    return folder


def v2(folder, offers="cpu memory pids\n", divides=""):
    return group(folder, cgroup_controllers=offers, cgroup_subtree_control=divides)


def open_to_all(folder):
    folder.chmod(0o777)
    for path in folder.iterdir():
        path.chmod(0o666)
    return folder


def unwilling(folder):
    """Make a group of v2 refuse to be divided, as one with processes in it does."""
    (folder / "cgroup.subtree_control").unlink()
    (folder / "cgroup.subtree_control").mkdir()
    return folder


def v1_line(point, controllers, root="/", flags="rw,relatime"):
    return f"32 31 0:29 {root} {point} {flags} - cgroup cgroup rw,{controllers}\n"


def v2_line(point, root="/", flags="rw,relatime"):
    return f"41 31 0:38 {root} {point} {flags} shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"


@contextlib.contextmanager
def as_stranger():
    """Look at the machine as a user who owns nothing of it."""
    with _real_user(NOBODY) if os.getuid() == 0 else contextlib.nullcontext():
        yield


def refusal(*words):
    """Return (reason, remedy) of what `find` refuses."""
    with pytest.raises(SandboxUnavailable) as refused:
        find(*words)
    return refused.value.reason, refused.value.remedy


def test_v1_alone_gives_each_controller_its_own_hierarchy(machine):
    memory, pids = group(machine / "memory" / "user"), group(machine / "pids")
    groups = "8:pids:/\n4:memory:/user\n" + SYSTEMD
    mounts = v1_line(machine / "memory", "memory") + v1_line(machine / "pids", "pids")
    assert find(groups, mounts) == Places(memory, pids, memory_is_v1=True)


def test_v1_with_both_controllers_in_one_hierarchy(machine):
    own = group(machine / "memory,pids" / "user")
    found = find("4:memory,pids:/user\n", v1_line(machine / "memory,pids", "memory,pids"))
    assert found == Places(own, own, memory_is_v1=True)


def test_hybrid_takes_the_controllers_of_v1_and_leaves_the_empty_v2_alone(machine):
    group(machine / "systemd" / "system.slice" / "worker.service")
    unified = v2(machine / "unified", offers="")
    memory, pids = group(machine / "memory"), group(machine / "pids")
    mounts = v1_line(machine / "systemd", "xattr,name=systemd") + v2_line(unified)
    mounts += v1_line(memory, "memory") + v1_line(pids, "pids")
    groups = "8:pids:/\n4:memory:/\n" + SYSTEMD + "0::/system.slice/worker.service\n"
    assert find(groups, mounts) == Places(memory, pids, memory_is_v1=True)
    assert (unified / "cgroup.subtree_control").read_text() == ""


@pytest.mark.parametrize(("old", "new"), [("memory", "pids"), ("pids", "memory")])
def test_split_controllers_are_each_found_where_they_are(machine, old, new):
    in_v1 = group(machine / old)
    unified = v2(machine / "unified", offers=f"{new}\n")
    own = v2(unified / "worker.service", offers=f"{new}\n")
    found = find(f"4:{old}:/\n0::/worker.service\n", v1_line(in_v1, old) + v2_line(unified))
    places = {old: in_v1, new: own}
    assert found == Places(places["memory"], places["pids"], memory_is_v1=old == "memory")
    assert (own / "cgroup.subtree_control").read_text() == f"+{new}"


@pytest.mark.parametrize("missing", ["memory", "pids"])
def test_a_controller_that_no_hierarchy_has_is_refused_with_the_kernel_s_switch(machine, missing):
    there = "pids" if missing == "memory" else "memory"
    in_v1, unified = group(machine / there), v2(machine / "unified", offers="cpu\n")
    reason, remedy = refusal(f"4:{there}:/\n0::/\n", v1_line(in_v1, there) + v2_line(unified))
    assert reason == f"No mounted hierarchy of control groups has the controller {missing}: not v1 and not v2."
    assert f"without cgroup_disable={missing};" in remedy
    assert (unified / "cgroup.subtree_control").read_text() == ""


def test_without_any_mounted_hierarchy_both_are_refused():
    reason, remedy = refusal("0::/\n", "23 1 0:1 / / rw - ext4 /dev/vda rw\n")
    assert "the controller memory or pids: not v1 and not v2" in reason
    assert "mount /sys/fs/cgroup" in remedy


def test_v1_that_is_mounted_elsewhere_only_says_how_to_mount_it(machine):
    mounts = v1_line("/nonexistent/memory", "memory") + v1_line(group(machine / "pids"), "pids")
    reason, remedy = refusal("4:memory:/\n8:pids:/\n", mounts)
    assert reason == "The controller memory is in cgroup v1, which is not mounted here."
    assert remedy.endswith("mount -t cgroup -o memory none /sys/fs/cgroup/memory")


def test_v2_alone_divides_the_worker_s_own_group(machine):
    v2(machine)
    own = v2(machine / "system.slice" / "worker.service")
    assert find("0::/system.slice/worker.service\n", v2_line(machine)) == Places(own, own)
    assert (own / "cgroup.subtree_control").read_text() == "+memory +pids"


def test_a_group_that_is_divided_already_is_left_as_it_is(machine):
    own = v2(machine, divides="cpu memory pids\n")
    assert find("0::/\n", v2_line(machine)) == Places(own, own)
    assert (own / "cgroup.subtree_control").read_text() == "cpu memory pids\n"


def test_in_a_container_the_mount_is_the_worker_s_own_group(machine):
    memory, pids = group(machine / "memory"), group(machine / "pids")
    mounts = v1_line(memory, "memory", root="/docker/1") + v1_line(pids, "pids", root="/docker/1")
    assert find("4:memory:/docker/1\n8:pids:/docker/1\n", mounts) == Places(memory, pids, memory_is_v1=True)
    assert find("4:memory:/hidden\n8:pids:/../..\n", mounts) == Places(memory, pids, memory_is_v1=True)
    mounts = v1_line(memory, "memory") + v1_line(pids, "pids")
    assert find("4:memory:/docker/1\n8:pids:/docker/1\n", mounts) == Places(memory, pids, memory_is_v1=True)


def test_the_last_mount_covers_the_others_and_may_have_spaces(machine):
    old, new = v2(machine / "old"), v2(machine / "a place")
    spaced = str(new).replace(" ", "\\040")
    assert find("0::/\n", v2_line(old) + v2_line(spaced)) == Places(new, new)


def test_a_delegated_group_is_divided_and_not_the_one_above(machine):
    """What is made outside of it neither ends with the service nor counts towards its limits."""
    v2(machine, divides="memory pids\n")
    own = unwilling(v2(machine / "worker.service"))
    own.joinpath("cgroup.procs").write_text("7 8")
    os.setxattr(own, "user.delegate", b"1")
    assert refusal("0::/worker.service\n", v2_line(machine)) == (
        f"This worker may not divide its control group {own}.",
        DELEGATE,
    )
    assert (own / "baremath-worker").is_dir()
    assert (own / "baremath-worker" / "cgroup.procs").read_text() == "8"


def test_a_group_that_is_not_delegated_may_be_joined_from_beside(machine):
    v2(machine, divides="memory pids\n")
    own = unwilling(v2(machine / "session.scope"))
    assert find("0::/session.scope\n", v2_line(machine)) == Places(machine, machine)
    assert not (own / "baremath-worker").exists()


def test_a_group_to_which_nothing_is_handed_down_is_left_for_one_at_the_top(machine):
    """As where systemd leaves alone what is in v2, because its own controllers are in v1."""
    v2(machine, offers="memory pids\n")
    unwilling(v2(machine / "system.slice", offers=""))
    unwilling(v2(machine / "system.slice" / "worker.service", offers=""))
    assert find("0::/system.slice/worker.service\n", v2_line(machine)) == Places(machine, machine)


def test_a_group_to_which_nothing_is_handed_down_is_not_vacated_for_nothing(machine):
    unwilling(v2(machine, offers="memory pids\n"))
    own = unwilling(v2(machine / "worker.service", offers="cpu pids\n"))
    refused = refusal("0::/worker.service\n", v2_line(machine))
    assert refused == (f"The control groups above {own} do not hand down the controller memory.", DELEGATE)
    assert not (own / "baremath-worker").exists()


def test_a_worker_that_has_moved_below_its_group_divides_that_group(machine):
    own = v2(machine / "worker.service")
    v2(machine)
    v2(own / "baremath-worker")
    assert find("0::/worker.service/baremath-worker\n", v2_line(machine)) == Places(own, own)


def test_a_stranger_s_group_of_v2_is_refused(machine):
    v2(machine)
    own = v2(machine / "session.scope")
    with as_stranger():
        refused = refusal("0::/session.scope\n", v2_line(machine))
    assert refused == (f"This worker may not divide its control group {own}.", DELEGATE)
    assert (own / "cgroup.subtree_control").read_text() == ""


@pytest.mark.parametrize("closed", ["memory", "pids"])
@pytest.mark.parametrize("part", [".", "cgroup.procs"])
def test_a_stranger_s_group_of_v1_is_refused(machine, closed, part):
    mounts = "".join(v1_line(open_to_all(group(machine / name)), name) for name in ("memory", "pids"))
    (machine / closed / part).chmod(0o555)
    with as_stranger():
        reason, remedy = refusal("4:memory:/\n8:pids:/\n", mounts)
    assert reason == f"This worker may not make control groups in {machine / closed}."
    assert "cgcreate" in remedy


def test_a_stranger_may_use_groups_that_were_given_to_everybody(machine):
    own = open_to_all(v2(machine))
    with as_stranger():
        assert find("0::/\n", v2_line(machine)) == Places(own, own)


@pytest.mark.parametrize("line", [v1_line, v2_line])
def test_a_read_only_mount_is_refused_with_the_container_s_switch(machine, line):
    v2(machine)
    words = ("memory,pids", "/", "ro,nosuid") if line is v1_line else ("/", "ro,nosuid")
    groups = "4:memory,pids:/\n" if line is v1_line else "0::/\n"
    reason, remedy = refusal(groups, line(machine, *words))
    assert reason == f"{machine} is mounted read-only."
    assert "writable-cgroups=true" in remedy


def test_the_place_that_the_operator_names_must_be_one_of_v2(machine):
    assert named(v2(machine)) == Places(machine, machine)
    (machine / "cgroup.subtree_control").unlink()
    with pytest.raises(SandboxUnavailable, match="no cgroup v2 folder"):
        named(machine / "elsewhere")
