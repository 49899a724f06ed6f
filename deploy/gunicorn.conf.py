"""What gunicorn needs beyond its command in docker-compose.yml.

Its first process, too, logs as everybody does; and its processes share their counts of requests, in a folder that must
be named before prometheus_client is imported.
"""

import os
import shutil
import tempfile
from typing import Any

counts = os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="baremath-metrics-")

from prometheus_client import multiprocess

from lms.settings import LOGGING

logconfig_dict = LOGGING


def child_exit(_server: Any, worker: Any) -> None:
    multiprocess.mark_process_dead(worker.pid)


def on_exit(_server: Any) -> None:
    shutil.rmtree(counts, ignore_errors=True)
