"""What the kernel says of a process, read quickly: a run reads ten such files; `pathlib` would double their price."""

import os
import re

_MOST = 2**15  # the kernel makes these files while they are read; each comes in one piece
_FIELD = re.compile(r"^(\w+):[ \t]*(.*)$", re.MULTILINE)


def read(path: str | os.PathLike[str]) -> str:
    """Return the text of a small file of /proc or /sys."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, _MOST).decode("utf-8", "replace")
    finally:
        os.close(descriptor)


def fields(path: str) -> dict[str, str]:
    """Return the "name: value" lines of such a file."""
    return dict(_FIELD.findall(read(path)))
