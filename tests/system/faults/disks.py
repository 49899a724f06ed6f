"""Disks that can be filled up: a tmpfs of some MiB over a folder."""

import shutil
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path


class SmallDisk:
    def __init__(self, folder):
        self._filler = folder / "filler"
        self._folder = folder

    def fill(self):
        """Leave not a page."""
        with self._filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                continue
        assert shutil.disk_usage(self._folder).free == 0

    def free(self):
        self._filler.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, *, mib: int):
    """Put a small disk where `folder` is, with what is in there; at the end all of it is back in place.

    Nobody may have a file open in there at the beginning or at the end.
    """
    copy = folder.with_name(f"{folder.name}-copy")
    folder.mkdir(exist_ok=True)
    _copy(folder, copy)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", str(folder)], check=True)
    try:
        _copy(copy, folder)
        disk = SmallDisk(folder)
        yield disk
        disk.free()
        shutil.rmtree(copy)
        _copy(folder, copy)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
    _copy(copy, folder)
    shutil.rmtree(copy)


def _copy(source, target):
    subprocess.run(["cp", "-a", "--no-target-directory", str(source), str(target)], check=True)
