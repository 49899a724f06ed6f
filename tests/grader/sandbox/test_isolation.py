"""What a program can see and do in the jail, and what the supervisor can see of it from outside."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader.sandbox import Call, Program, Sandbox, SandboxUnavailable, bubblewrap, libraries
from grader.sandbox.child import Child, check_status
from grader.sandbox.outcome import Kind, Limits, SandboxError
from grader.sandbox.seat import Seat
from tests.grader.sandbox.conftest import only_result

ROOT = Path(__file__).parents[3]
LOOK = """
import os

def look(path):
    try:
        return sorted(os.listdir(path)) if os.path.isdir(path) else open(path, 'rb').read(10).hex()
    except OSError as error:
        return type(error).__name__

def f(paths):
    return {path: look(path) for path in paths}
"""


@pytest.mark.jail
@pytest.mark.parametrize("folder", ["courses", "mlcore", "grader", "platform", "tests", "docs"])
def test_no_folder_of_the_project_exists_in_the_jail(run, folder):
    path = str(ROOT / folder)
    assert Path(path).is_dir()
    assert only_result(run(LOOK, {"paths": [path]})).value == {path: "FileNotFoundError"}


@pytest.mark.jail
@pytest.mark.parametrize(
    "path",
    ["/", "/etc", "/root", "/home", "/proc", "/sys", "/dev", "/run", "/var", "/usr/lib", "/jail", "/jail/code/guest"],
)
def test_nothing_outside_the_libraries_can_be_listed(run, path):
    assert only_result(run(LOOK, {"paths": [path]})).value[path] in {"FileNotFoundError", "PermissionError"}


@pytest.mark.jail
def test_the_scratch_folder_is_empty_again_in_the_next_run(run):
    source = LOOK + "\ndef g(paths):\n    open('/tmp/left', 'w').write('x')\n    return look('/tmp')\n"
    assert only_result(run(source.replace("def f(", "def h(").replace("def g(", "def f("), {"paths": []})).value == [
        "left"
    ]
    assert only_result(run(LOOK, {"paths": ["/tmp"]})).value == {"/tmp": []}


@pytest.mark.jail
def test_the_environment_holds_nothing_of_the_workers(run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    with Sandbox("numpy") as sandbox:
        outcome = sandbox.run(Program("import os\ndef f(): return dict(os.environ)"), [Call("f", {})])
    environment = only_result(outcome).value
    assert "secret" not in str(environment)
    assert environment["HOME"] == "/tmp"


@pytest.mark.jail
def test_a_child_is_alone_and_has_no_rights():
    with Sandbox("numpy") as sandbox:
        sandbox.open()
        seat = take(sandbox)
        status = check_status(seat.child.pid, {"NoNewPrivs": "1", "Seccomp": "2", "CapBnd": "0" * 16})
        assert Path(f"/proc/{seat.child.pid}/oom_score_adj").read_text() == "1000\n"
        assert status["NSpid"].split()[-1] == "1"
        own, zygote, child = (namespaces(who) for who in ("self", zygote_of(seat.child), seat.child.pid))
        assert {name for name in own if own[name] == zygote[name]} <= {"user"}  # left to the child where root works
        assert {name for name in own if child[name] == own[name]} == set()
        assert {name for name in own if child[name] == zygote[name]} == {
            "net"
        }  # which has no network, and no neighbour
        seat.leave()
        seat.close()


def namespaces(pid: int | str) -> dict[str, int]:
    return {name: Path(f"/proc/{pid}/ns/{name}").stat().st_ino for name in ("user", "pid", "net", "mnt", "ipc", "uts")}


def take(sandbox: Sandbox) -> Seat:
    """Return a seat taken as a run would take it."""
    return sandbox._take_seat(Limits())


def zygote_of(child: Child) -> int:
    return int(check_status(child.pid, {})["PPid"])


@pytest.mark.jail
def test_a_process_that_is_not_locked_down_is_refused():
    with subprocess.Popen(["sleep", "60"]) as process:
        child = Child(os.pidfd_open(process.pid), 1, os.getuid())
        with pytest.raises(SandboxError, match="NoNewPrivs"):
            child.check(None)
        child.kill()
        child.close()


@pytest.mark.jail
def test_a_jail_whose_children_cannot_have_namespaces_is_refused_before_any_source_is_there():
    script = 'echo 1 > /proc/sys/user/max_user_namespaces && exec "$0" -c "$1"'  # bubblewrap's, none for a child
    code = "from grader.sandbox import Sandbox; Sandbox('numpy').open()"
    command = ["unshare", "--user", "--map-root-user", "sh", "-c", script, sys.executable, code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "SandboxUnavailable: The zygote ended: OSError: [Errno 28] clone3" in done.stderr


@pytest.mark.jail
def test_a_jail_that_shares_the_network_of_the_worker_is_refused(monkeypatch):
    whole = bubblewrap.command
    monkeypatch.setattr(
        bubblewrap, "command", lambda *given: [part for part in whole(*given) if part != "--unshare-net"]
    )
    with pytest.raises(SandboxUnavailable, match="no net namespace of its own"):
        Sandbox("numpy").open()


@pytest.mark.parametrize("kind", ["numpy", "torch"])
def test_no_bound_folder_holds_the_project_or_foreign_packages(kind: Kind):
    bound = [Path(path) for path in libraries.view(kind).bound.values()]
    assert [path for path in bound if ROOT.is_relative_to(path)] == []
    inside = [path.relative_to(ROOT).parts for path in bound if path.is_relative_to(ROOT)]
    assert {parts[0] for parts in inside} <= {".venv", "grader"}
    assert {parts for parts in inside if parts[0] == "grader"} == {("grader", "sandbox", "guest")}
    names = {path.name for path in bound}
    assert "numpy" in names
    assert ("torch" in names) == (kind == "torch")
    assert names.isdisjoint({"django", "sklearn", "scipy", "celery"})


def test_a_project_inside_the_interpreters_folders_is_refused(monkeypatch):
    library = Path(libraries.view("numpy").readable[0])
    monkeypatch.setattr(libraries, "_PROJECT", library / "json" / "baremath")
    with pytest.raises(SandboxUnavailable, match="Move the project"):
        libraries.view("numpy")


def test_the_guest_code_imports_nothing_but_the_standard_library_numpy_and_torch():
    code = (
        "import sys\n"
        f"sys.path[:0] = [{str(ROOT / 'grader' / 'sandbox')!r}, {str(Path(np.__file__).parents[1])!r}]\n"
        "import guest.zygote\n"
        "names = {name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)\n"
        "print(sorted(name for name in names if not name.startswith('_')))\n"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout == "['guest', 'numpy']\n"


def test_every_folder_in_the_jail_that_is_bound_exists_outside():
    for path in libraries.view("numpy").bound.values():
        assert stat.S_IFMT(Path(path).stat().st_mode) in {stat.S_IFDIR, stat.S_IFREG}
