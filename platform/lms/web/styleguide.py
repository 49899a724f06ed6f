"""What /styleguide/ shows: every component in every state, made from the sheets, icons and partials that pages use.

Tokens are read from tokens.css, icons from their folder, verdicts from the model, and results are drawn by the partials
of the result pages, so that the guide cannot say anything else than the pages do.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django import forms

from courses import markdown
from courses.formulas import style_rules
from grader.judge.verdict import ArrayView, CheckResult, SampleCase
from grader.judge.verdict import Verdict as Result
from grader.judge.verdict import VerdictCode as Code
from grader.models import Verdict
from lms.web.catalogue import specimen
from lms.web.verdicts import RUN_WORDS, SUBMISSION_WORDS
from lms.web.waiting import Waiting

HERE = Path(__file__).parent
TOKEN = re.compile(r"^  --([\w-]+): (.+?);", re.MULTILINE)
DIFFER = "2 of 6 values differ."
TONES = ["good", "part", "bad", "ours"]
PROSE = """A paragraph with *emphasis*, a [link](/), `code` and a formula, $e^{-x}$, in its line.

> A callout in a text: what deserves a pause.

$$
\\sigma(x) = \\frac{1}{1 + e^{-x}}
$$

```python
>>> float(1 / (1 + np.exp(-0.0)))
0.5
```

| learning rate | what happens |
|---|---|
| 0.01 | creeps |
| 0.1 | walks down |
"""


class SpecimenForm(forms.Form):
    """A field of each kind; as it is sent, one is invalid and the form as a whole too."""

    name = forms.CharField(help_text="Others see it on certificates.")
    email = forms.EmailField(required=False)
    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}))
    backend = forms.ChoiceField(choices=[("numpy", "NumPy"), ("torch", "PyTorch")])
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    fixed = forms.CharField(disabled=True, required=False, initial="Cannot be changed")
    remember = forms.BooleanField(required=False, label="Keep me signed in")

    def clean(self) -> dict[str, Any] | None:
        self.add_error(None, "This is what a form says that is wrong as a whole.")
        return self.cleaned_data


def styleguide_page() -> dict[str, Any]:
    sent = {"name": "Ada", "email": "not an address", "code": "123456", "backend": "torch", "note": "x"}
    prose = markdown.render(PROSE)
    return _from_files() | {
        "tones": TONES,
        "verdicts": [(code, SUBMISSION_WORDS[code]) for code in Verdict.values],
        "form": SpecimenForm(sent, auto_id="guide_%s"),
        "results": _results(),
        "waiting": [
            ({"status": "queued"}, Waiting("Queued", "2 submissions are before yours. The verdict comes by itself.")),
            ({"status": "running"}, Waiting("Running your code", "The verdict comes by itself.", 4, 12)),
            ({"status": "paused"}, Waiting("Waiting", "Grading is paused: no grading worker is running.")),
        ],
        "prose": prose,
        "formula_rules": style_rules(prose),
        "cells": ["good", "good", "part", "", ""],
    }


@cache
def _from_files() -> dict[str, Any]:
    """Return the tokens of the light scheme by kind, and the names of the icons."""
    light = (HERE / "static/web/css/tokens.css").read_text(encoding="utf-8").partition("@media (prefers")[0]
    tokens = TOKEN.findall(light)
    return {
        "colours": [name for name, value in tokens if value.startswith("#")],
        "spaces": [name for name, _ in tokens if name.startswith("space-")],
        "icons": sorted(path.stem for path in (HERE / "templates/web/icons").glob("*.svg")),
    }


def _results() -> list[dict[str, Any]]:
    """Return one verdict of each shape, as the partial of a verdict takes it."""
    got = ArrayView([2, 3], "float64", [], [["1", "2", "3"], ["4", "5", "6"]], [(0, 1), (1, 2)])
    expected = ArrayView([2, 3], "float64", [], [["1", "20", "3"], ["4", "5", "60"]], [(0, 1), (1, 2)])
    inputs = {"x": ArrayView([3], "float64", [], [["0.5", "1", "1.5"]])}
    checks = [
        CheckResult("values", "allclose", passed=True, points=7.5, max_points=7.5),
        CheckResult("bias", "allclose", passed=False, points=0.0, max_points=2.5, category="values", feedback=DIFFER),
        CheckResult("speed", "allclose", passed=False, points=0.0, max_points=0.0, category="not_run"),
    ]
    error = {
        "type": "IndexError",
        "message": "index 10000 is out of bounds for axis 0 with size 4",
        "trace": [{"line": 2, "function": "mean_squared_error", "text": "return y_true.reshape(-1)[10_000]"}],
    }
    samples = [
        SampleCase("one row", passed=True, inputs=inputs, got=got, expected=got),
        SampleCase(
            "two rows", passed=False, inputs=inputs, got=got, expected=expected, message=DIFFER, prints="here\n"
        ),
    ]
    submissions = [
        Result(Code.ACCEPTED, 10.0, 10.0, checks[:1]),
        Result(Code.PARTIALLY_ACCEPTED, 7.5, 10.0, checks, detail="1 of 2 checks passed."),
        Result(Code.RUN_TIME_ERROR, 0.0, 10.0, [], error=error),
        Result(Code.INTERNAL_ERROR, 0.0, 10.0, []),
    ]
    run = Result(Code.WRONG_ANSWER, 0.0, 0.0, [], samples=samples)
    return [
        specimen(),
        *({"verdict": result.as_dict(), "words": SUBMISSION_WORDS[result.code]} for result in submissions),
        {"verdict": run.as_dict(), "words": RUN_WORDS[run.code], "is_run": True},
    ]
