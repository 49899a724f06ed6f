"""Runs a command as root of a user namespace in which all users exist: `python -m ... <user namespaces> command ...`.

The first argument is how many user namespaces may be made in it. Only root can map all users.
"""

import ctypes
import os
import sys
from pathlib import Path

_CLONE_NEWUSER = 0x10000000


def main() -> int:
    is_new, made = os.pipe()
    is_mapped, mapped = os.pipe()
    pid = os.fork()
    if pid == 0:
        if ctypes.CDLL(None).unshare(_CLONE_NEWUSER) != 0:
            os._exit(1)
        os.write(made, b"x")
        os.read(is_mapped, 1)
        Path("/proc/sys/user/max_user_namespaces").write_text(sys.argv[1])
        os.execvp(sys.argv[2], sys.argv[2:])
    os.read(is_new, 1)
    for name in ("uid_map", "gid_map"):
        Path(f"/proc/{pid}/{name}").write_text("0 0 4294967295")
    os.write(mapped, b"x")
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
