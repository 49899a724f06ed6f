import os
from pathlib import Path

import pytest

from grader.sandbox import Call, CallResult, Limits, Program, Sandbox, SandboxUnavailable
from grader.sandbox.canaries import CANARIES, breached
from grader.sandbox.cgroups import open_cgroup, sweep
from grader.sandbox.layers import check_layers
from grader.sandbox.outcome import Outcome, Status


@pytest.mark.jail
def test_every_layer_holds_here():
    layers = check_layers()
    assert [layer.name for layer in layers] == [
        "bubblewrap",
        "namespaces",
        "system call filter",
        "landlock",
        "memory limit",
        "lock-down",
        "resource limits",
        "supervisor",
        "jail",
    ]
    assert [layer for layer in layers if not layer.holds] == []


def test_without_bubblewrap_every_layer_that_needs_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    broken = {layer.name: layer.remedy for layer in check_layers() if not layer.holds}
    assert broken == dict.fromkeys(["bubblewrap", "namespaces", "jail"], "sudo apt-get install bubblewrap")
    with pytest.raises(SandboxUnavailable, match="bubblewrap is not installed"):
        Sandbox("numpy").run(Program("def f(): return 1"), [Call("f", {})])


def test_where_namespaces_are_refused_the_words_of_bubblewrap_and_the_remedy_are_shown(monkeypatch, tmp_path):
    refuse = tmp_path / "bwrap"
    refuse.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    refuse.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    layers = {layer.name: layer for layer in check_layers()}
    for name in ("namespaces", "jail"):
        assert not layers[name].holds
        assert "setting up uid map" in layers[name].reason
        assert layers[name].remedy == "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"


class Unwalled(Sandbox):
    """A sandbox in which every attack succeeds."""

    def run(self, program: Program, calls: object, limits: Limits = Limits()) -> Outcome:  # noqa: ARG002, B008
        return Outcome(Status.COMPLETED, (CallResult(1.0),))


def test_an_attack_that_succeeds_is_named():
    assert breached(Unwalled("numpy")) == list(CANARIES)


def test_canaries_have_names_of_their_own_and_meet_each_layer():
    assert len({canary.wall for canary in CANARIES}) == len(CANARIES) >= 20
    assert {canary.layer for canary in CANARIES} == {
        "bubblewrap",
        "landlock",
        "system call filter",
        "lock-down",
        "resource limits",
        "memory limit",
        "supervisor",
    }


def test_only_groups_of_dead_supervisors_are_swept(tmp_path: Path):
    start = Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19]
    living = tmp_path / f"baremath.{os.getpid()}-{start}.0"
    for name in (living.name, f"baremath.{os.getpid()}-1.0", "baremath.999999999-5.0", "somebody-else"):
        (tmp_path / name).mkdir()
    sweep({tmp_path})
    assert sorted(path.name for path in tmp_path.iterdir()) == [living.name, "somebody-else"]


def test_a_group_that_the_operator_names_but_nobody_can_use_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setenv("BAREMATH_CGROUP", str(tmp_path))
    with pytest.raises(SandboxUnavailable, match="BAREMATH_CGROUP"):
        open_cgroup(os.getpid())
