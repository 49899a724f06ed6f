#!/usr/bin/env python
"""Run a management command: `python manage.py help` lists them, `python manage.py up` starts everything."""

import os
import sys
from pathlib import Path

# `platform/` is a source root, not a package: see docs/architecture.md.
sys.path.insert(1, str(Path(__file__).resolve().parent / "platform"))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as mistake:  # a setting that cannot be used: a sentence for the operator, no traceback
        sys.exit(str(mistake))


if __name__ == "__main__":
    main()
