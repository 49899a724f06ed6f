"""The OpenAPI document is true: schemathesis sends what it allows and what it forbids, and follows what is created."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.system.embedded import embedded

pytestmark = [pytest.mark.system, pytest.mark.jail]
FOLDER = Path(__file__).parent
SCHEMATHESIS = [Path(sys.executable).with_name("schemathesis"), "--config-file", FOLDER / "schemathesis.toml", "run"]
# One worker: two threads that parse Python at once can break the parser of CPython 3.11 (SystemError: AST constructor).
CHECKED = ["--checks", "all", "--max-examples", "90", "--seed", "1", "--workers", "1"]
PLAIN = ["--continue-on-failure", "--suppress-health-check", "all", "--no-color"]
AT_LEAST = 5000
UNBOUNDED = dict.fromkeys(
    ["SUBMIT_RATE", "SUBMIT_STAFF_RATE", "RUN_RATE", "READ_RATE", "ADDRESS_RATE", "DEVICE_RATE", "WEBHOOK_RATE"],
    "1000000/s",
)
HOOKS = {"SCHEMATHESIS_HOOKS": "tests.system.openapi.hooks", "PYTHONPATH": str(settings.BASE_DIR)}


def test_schemathesis_finds_nothing(tmp_path):
    with embedded(tmp_path / "data", WEBHOOKS="1", **UNBOUNDED) as stack:
        address = f"{stack.url}/api/schema/?format=json"
        done = subprocess.run(
            [*SCHEMATHESIS, address, "--url", stack.url, *CHECKED, *PLAIN],
            env=os.environ | HOOKS | {"BAREMATH_URL": stack.url, "BAREMATH_DATA": str(stack.data)},
            cwd=tmp_path,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=1200,
        )
    assert done.returncode == 0, done.stdout[-20_000:]
    generated, passed = map(int, re.search(r"(\d+) generated, (\d+) passed", done.stdout).groups())
    assert passed == generated >= AT_LEAST
