"""What docs/api.md and README.md show of the API, run as it is written against all of Baremath."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from tests.system.client import Client
from tests.system.embedded import embedded
from tests.system.processes import wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

SOURCE = "import numpy as np\n\n\ndef mean_squared_error(a, b):\n    return float(np.mean((a - b) ** 2))\n"
SUBMISSION = {"task": "mean-squared-error", "backend": "numpy", "source": SOURCE}
HTTP_ERROR = 22  # what curl ends with under --fail
API_DOCS = (settings.BASE_DIR / "docs" / "api.md").read_text()
DOCS = API_DOCS + (settings.BASE_DIR / "README.md").read_text()
[CURL_WALK] = re.findall(r"^```bash\n(.*?)^```$", API_DOCS, re.DOTALL | re.MULTILINE)
PYTHON_WALK, VERIFICATION = re.findall(r"^```python\n(.*?)^```$", API_DOCS, re.DOTALL | re.MULTILINE)
LINES = [line for line in DOCS.replace(CURL_WALK, "").splitlines() if line.startswith("curl ")]


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    data = tmp_path_factory.mktemp("docs") / "data"
    with embedded(data, WEBHOOKS="1", WEBHOOK_PRIVATE_ADDRESSES="1") as stack:
        yield stack


@pytest.fixture(scope="module")
def client(stack):
    client = Client(stack.url)
    client.sign_in("learner", stack.passwords["learner"])
    return client


@pytest.fixture(scope="module")
def execute(stack, tmp_path_factory):
    """Return a function that runs a program of the documentation and returns what it printed."""
    folder = tmp_path_factory.mktemp("shell")
    (folder / ".curlrc").write_text('fail\nwrite-out = "\\n"\n')
    (folder / "body.json").write_text(json.dumps(SUBMISSION))
    create = [sys.executable, settings.BASE_DIR / "manage.py", "create_token", "learner"]
    token = subprocess.check_output(create, env=os.environ | {"BAREMATH_DATA": str(stack.data)}, text=True).strip()
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TOKEN": token, "JSON": json.dumps(SUBMISSION)}

    def run(command, text, code=0):
        text = re.sub(r"(http://)?localhost:8000", stack.url, text)
        ended = subprocess.run(
            [*command, text], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert ended.returncode == code, ended
        return ended.stdout

    return run


@pytest.fixture(scope="module")
def names(client):
    """What stands in the documentation for what a reader has."""
    submission = client.post_json("/api/v1/submissions/", SUBMISSION)["id"]
    # A port at which nobody listens: what is sent there matters in another test.
    webhook = client.post_json("/api/v1/webhooks/", {"url": "http://127.0.0.1:9/"})["id"]
    delivery = client.post_json(f"/api/v1/webhooks/{webhook}/ping/", {})["id"]
    return {"ID": submission, "WEBHOOK": webhook, "DELIVERY": delivery, "DEVICE_CODE": "unknown"}


@pytest.mark.parametrize("line", LINES)
def test_each_line_works_as_it_is_written(execute, names, line):
    code = HTTP_ERROR if "DEVICE_CODE" in line else 0
    named = re.sub(r"\b(ID|WEBHOOK|DELIVERY|DEVICE_CODE)\b", lambda found: names[found[0]], line)
    assert execute(["bash", "-ec"], named.replace("https://example.org", "http://127.0.0.1:9"), code) or code


def test_the_walk_in_curl_ends_with_a_verdict(execute):
    said = execute(["bash", "-eo", "pipefail", "-c"], CURL_WALK)
    documents = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert {task["slug"] for task in documents[0]["results"]} >= {"mean-squared-error"}
    assert documents[2]["result"]["code"] == "accepted"
    assert (documents[3]["verdict"], documents[3]["score"]) == ("accepted", documents[3]["max_score"])


def test_the_walk_in_python_ends_with_a_verdict(execute):
    lines = execute([sys.executable, "-W", "error", "-c"], PYTHON_WALK).splitlines()
    assert lines[0] == "Mean squared error for 10 points; begin with: import numpy as np"
    assert re.search(r"\('.+', True\)", lines[1])
    assert lines[2].startswith("accepted ")
    assert {line.split()[0] for line in lines[3:]} == {"passed"}


def test_the_verification_tells_what_a_webhook_is_sent_from_what_others_send(client, receiver):
    made = client.post_json("/api/v1/webhooks/", {"url": receiver.url})
    client.post_json(f"/api/v1/webhooks/{made['id']}/ping/", {})
    wait_until(lambda: receiver.received)
    _, headers, body = receiver.received[0]
    names = {}
    exec(VERIFICATION, names)
    verify = names["is_from_baremath"]
    assert verify(made["secret"], headers, body)
    assert not verify(made["secret"], headers, body + b" ")
    assert not verify("whsec_" + "A" * 43 + "=", headers, body)
    early = dict(headers) | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) - 301)}
    assert not verify(made["secret"], early, body)
