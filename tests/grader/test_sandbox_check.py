import io
import json

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.jail


def check(*arguments):
    """Return the exit status and what was printed."""
    out = io.StringIO()
    try:
        call_command("sandbox_check", *arguments, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_where_every_layer_holds_the_status_is_0():
    status, text = check()
    assert status == 0
    assert text.endswith("Every layer holds.\n")
    assert "MISSING" not in text


def test_a_missing_layer_is_shown_with_the_command_that_mends_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    status, text = check()
    assert status == 1
    assert "To mend it: sudo apt-get install bubblewrap" in text
    assert text.endswith("layers are missing: nothing is graded here.\n")


def test_the_layers_as_json(monkeypatch):
    status, text = check("--json")
    layers = {layer["name"]: layer for layer in json.loads(text)}
    assert status == 0
    assert layers["landlock"]["holds"] is True
    assert layers["jail"]["remedy"] == ""
