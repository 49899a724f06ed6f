"""The command that builds the outer jail. bubblewrap is executed, the worker is never forked."""

import shutil
from pathlib import Path

from grader.sandbox.guest.lockdown import USER
from grader.sandbox.libraries import GUEST_IN_JAIL, PACKAGES_IN_JAIL, View
from grader.sandbox.outcome import SandboxUnavailable

_ENVIRONMENT = {
    "PATH": "/nonexistent",
    "HOME": "/tmp",  # noqa: S108 - a tmpfs of the jail
    "USER": "learner",  # torch.optim asks for a user name and a cache folder
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "",
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",  # the other way of asking for CUDA does not survive a fork
    "TORCHINDUCTOR_CACHE_DIR": "/tmp/torch",  # noqa: S108
}
_START = "import sys; sys.path[:0] = sys.argv[2:]; from guest.zygote import main; main()"


def command(view: View, control: int) -> list[str]:
    """Return the command line that starts a zygote which talks over the descriptor `control`."""
    bubblewrap = shutil.which("bwrap")
    if bubblewrap is None:
        raise SandboxUnavailable("bubblewrap is not installed.", "sudo apt-get install bubblewrap")
    line = [bubblewrap, "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    line += ["--uid", str(USER), "--gid", str(USER), "--cap-drop", "ALL", "--hostname", "jail"]
    line += ["--die-with-parent", "--new-session", "--as-pid-1", "--clearenv"]
    for name, value in _ENVIRONMENT.items():
        line += ["--setenv", name, value]
    for target, source in view.bound.items():
        line += ["--ro-bind", source, target]
    for folder in view.covered:
        line += ["--tmpfs", folder, "--remount-ro", folder]
    for link in ("/lib", "/lib64"):
        if Path(link).is_symlink():
            line += ["--symlink", f"usr{link}", link]
        elif Path(link).is_dir():
            line += ["--ro-bind", link, link]
    for device in ("/dev/null", "/dev/zero", "/dev/urandom"):
        line += ["--dev-bind", device, device]  # --dev would add a second user namespace
    line += ["--proc", "/proc", "--tmpfs", "/tmp", "--remount-ro", "/", "--chdir", "/"]  # noqa: S108
    line += [view.interpreter, "-I", "-S", "-B", "-c", _START, str(control)]
    return [*line, str(Path(GUEST_IN_JAIL).parent), PACKAGES_IN_JAIL]
