"""Install what `make run`, `make check` or `make test` needs, and nothing that is there already.

Usage: python3 scripts/install.py run|check|test

Only the standard library: this runs before anything is installed. Python packages go into .venv, at the versions
pinned in requirements/; Debian packages through apt-get when this user may do so, else the command is printed.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
TORCH = "requirements/torch.txt"
LOCKS = {"run": "requirements/base.txt", "check": "requirements/dev.txt", "test": "requirements/dev.txt"}
# Debian package -> a program of it, as a glob where it is not on PATH.
PROGRAMS = {
    "bubblewrap": "bwrap",
    "chromium": "chromium",
    "postgresql": "/usr/lib/postgresql/*/bin/initdb",
    "postgresql-client": "pg_dump",
    "redis-server": "redis-server",
    "nginx-light": "nginx",
    "docker-compose": "docker-compose",
    "prometheus": "promtool",
    "faketime": "faketime",
}
PACKAGES = {"run": ("bubblewrap",), "check": (), "test": tuple(PROGRAMS)}


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def stop(text: str) -> NoReturn:
    sys.stderr.write(f"{text}\n")
    sys.exit(1)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def is_installed(program: str) -> bool:
    if program.startswith("/"):
        return any(Path("/").glob(program[1:]))
    # Debian keeps nginx in /usr/sbin, which is not on every user's PATH.
    return shutil.which(program, path=os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin") is not None


def apt_install(packages: Iterable[str]) -> None:
    """Install Debian packages; where this user may not, say which command does it and stop."""
    names = list(packages)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    advice = f"Run this, then try again:  {'' if os.geteuid() == 0 else 'sudo '}{' '.join(command)}"
    if shutil.which("apt-get") is None:
        stop(f"Baremath needs {', '.join(names)}, and there is no apt-get here to install it with.")
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and (shutil.which("sudo") is None or run(*prefix, "true").returncode):
        stop(f"Baremath needs the Debian packages {', '.join(names)}, and installing them takes root. {advice}")
    say(f"Installing the Debian packages {', '.join(names)} ...")
    # RUNLEVEL=1 keeps the new servers from being started as services: the tests start their own.
    environment = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1"]
    for step in (command, ["apt-get", "update"], command):
        result = run(*environment, *step)
        if step is command and result.returncode == 0:
            return
    stop(f"{result.stderr.strip()}\napt-get could not install {', '.join(names)}. {advice}")


def make_venv() -> None:
    version = ".".join(map(str, sys.version_info[:3]))
    if VENV_PYTHON.exists() and run(str(VENV_PYTHON), "-m", "pip", "--version").returncode == 0:
        return
    try:
        import ensurepip  # noqa: F401 -- Debian ships it apart, as python3-venv
    except ImportError:
        apt_install([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])
    say(f"Making .venv with Python {version} ...")
    result = run(sys.executable, "-m", "venv", "--clear", str(VENV))
    if result.returncode:
        stop(f"{result.stdout}{result.stderr}\nCould not make {VENV}.")


def pip_install(arguments: list[str]) -> None:
    """Run pip, passing on a line per large download: a silent half gigabyte looks like a program that hangs."""
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--no-input", "--progress-bar", "off", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        lines = []
        for line in pip.stdout:
            lines.append(line)
            word = line.split()[:1]
            if word == ["Downloading"] and re.search(r"[MG]B\)", line):
                say(f"  {line.strip()}")
            elif word == ["Installing"]:
                say("  Unpacking ...")
    if pip.returncode:
        stop(f"{''.join(lines[-20:])}\npip could not install the packages: the lines above say why.")


def install_python_packages(lock: str) -> None:
    """Bring .venv to the pinned versions, unless it was brought there before."""
    stamp = VENV / f".installed-{Path(lock).stem}"
    pins = hashlib.sha256((ROOT / lock).read_bytes() + (ROOT / TORCH).read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == pins:
        return
    count = sum(not line.startswith((" ", "#")) for line in (ROOT / lock).read_text().splitlines())
    say(f"Installing {count} Python packages from {lock} ...")
    pip_install(["--no-deps", "--require-hashes", "-r", str(ROOT / lock)])
    say("Installing PyTorch: 200 MB for the CPU, up to 3 GB with CUDA; minutes, once ...")
    pip_install(["-r", str(ROOT / TORCH)])
    stamp.write_text(pins)


def install_checkout() -> None:
    """Make the packages of this checkout importable in .venv, and `baremath` a program of it, unless they are so."""
    stamp = VENV / ".installed-checkout"
    checkout = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == checkout:
        return
    say("Installing the program baremath ...")
    pip_install(["--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamp.write_text(checkout)


def main(purpose: str) -> None:
    missing = [package for package in PACKAGES[purpose] if not is_installed(PROGRAMS[package])]
    if missing:
        apt_install(missing)
    make_venv()
    install_python_packages(LOCKS[purpose])
    install_checkout()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        stop("Stopped. The same command goes on from here.")
