"""`platform/` is a source root: with an `__init__.py` it would shadow the standard library's module `platform`."""

import os
import subprocess
import sys

from django.conf import settings


def test_the_folder_holds_no_init():
    assert not (settings.BASE_DIR / "platform" / "__init__.py").exists()


def test_platform_is_the_standard_library_module_in_a_fresh_process():
    # In this process the module was imported long ago: only a fresh one can show what `import platform` finds.
    program = "import platform, uuid, lms; print(platform.python_implementation(), uuid.uuid4().version)"
    root = settings.BASE_DIR
    found = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": f"{root}:{root / 'platform'}"},
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == "CPython 4\n"
