"""Run a command beside the services of docker-compose.yml: `python -m benchmarks.system.run COMMAND [ARGUMENT...]`.

It has their settings, the address in BAREMATH_URL and a learner's token in BAREMATH_TOKEN.
"""

import subprocess
import sys

from benchmarks.system.stack import ROOT, running

WORKERS = 2


def main(command: list[str]) -> int:
    with running(WORKERS) as stack:
        stack.inside("people", 1, 0)
        where = {"BAREMATH_URL": f"http://{stack.host}:{stack.port}", "BAREMATH_TOKEN": stack.inside("tokens", 1)[0]}
        return subprocess.run(command, env=stack.environment | where, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
