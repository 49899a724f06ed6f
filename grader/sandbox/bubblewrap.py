"""The command that builds the outer jail. bubblewrap is executed, the worker is never forked."""

import shutil
from pathlib import Path

from grader.sandbox.guest.lockdown import USER
from grader.sandbox.libraries import GUEST_IN_JAIL, PACKAGES_IN_JAIL, View
from grader.sandbox.outcome import SandboxUnavailable
from grader.sandbox.tiers import Tier

_ENVIRONMENT = {
    "PATH": "/nonexistent",
    "HOME": "/tmp",  # noqa: S108 - a tmpfs of the jail
    "USER": "learner",  # torch.optim asks for a user name and a cache folder
    "LANG": "C.UTF-8",
    "LD_BIND_NOW": "1",  # else every child looks its functions up again
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "",
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",  # the other way of asking for CUDA does not survive a fork
    "TORCHINDUCTOR_CACHE_DIR": "/tmp/torch",  # noqa: S108
}
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
_ZYGOTE_RIGHTS = ("CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP", "CAP_SYS_ADMIN")
_PATHS = "import sys; sys.path[:0] = sys.argv[2:]; "
_KEEPER = "from guest.keeper import stay_behind; stay_behind(); "
_ZYGOTE = "from guest.zygote import main; main()"


def command(view: View, tier: Tier, control: int) -> list[str]:
    """Return the command line that starts a zygote which talks over the descriptor `control`.

    Where the zygote is to become another user, bubblewrap builds the jail with the worker's rights: the folders of the
    interpreter need not be open to that user. What the zygote keeps of these rights it gives up first of all.
    """
    bubblewrap = shutil.which("bwrap")
    if bubblewrap is None:
        raise SandboxUnavailable("bubblewrap is not installed.", "sudo apt-get install bubblewrap")
    line = [bubblewrap, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--cap-drop", "ALL"]
    if tier.user:
        line += [part for name in _ZYGOTE_RIGHTS for part in ("--cap-add", name)]
    else:
        line += ["--unshare-user", "--uid", str(USER), "--gid", str(USER)]
    line += ["--hostname", "jail", "--die-with-parent", "--new-session", "--as-pid-1", "--clearenv"]
    for name, value in _ENVIRONMENT.items():
        line += ["--setenv", name, value]
    line += _mounts(view)
    line += ["--proc", "/proc", "--perms", "1777", "--tmpfs", "/tmp", "--remount-ro", "/", "--chdir", "/"]  # noqa: S108
    start = f"{_PATHS}{_KEEPER if tier.user else ''}{_ZYGOTE}"
    line += [view.interpreter, "-I", "-S", "-B", "-c", start, str(control)]
    return [*line, str(Path(GUEST_IN_JAIL).parent), PACKAGES_IN_JAIL]


def _mounts(view: View) -> list[str]:
    line: list[str] = []
    for folder in _parents(view):
        line += ["--perms", "0755", "--dir", folder]  # bubblewrap's own choice shuts other users out
    for target, source in view.bound.items():
        line += ["--ro-bind", source, target]
    for folder in view.covered:
        line += ["--tmpfs", folder, "--remount-ro", folder]
    for link in ("/lib", "/lib64"):
        if Path(link).is_symlink():
            line += ["--symlink", f"usr{link}", link]
        elif Path(link).is_dir():
            line += ["--ro-bind", link, link]
    for device in _DEVICES:
        line += ["--dev-bind", device, device]  # --dev would add a second user namespace
    return line


def _parents(view: View) -> list[str]:
    """Return the folders above all that is bound, each after its parent."""
    return sorted({str(parent) for path in (*view.bound, *_DEVICES) for parent in Path(path).parents[:-1]})
