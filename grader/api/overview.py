"""What stands above the operations at /api/docs/: what holds for all of them, and the sections they are in."""

from typing import Any

DESCRIPTION = """
Read what is taught, run code on a task's shown cases, hand it in, and follow it to its verdict. JSON in and out;
addresses end with a slash.

**Signing in.** `Authorization: Token …`. A person makes a token at [/accounts/tokens/](/accounts/tokens/); a program
without a browser gets one through the device flow. Each operation says which scope a token needs. The catalogue is
open to everybody.

**Errors** are problems (RFC 9457, `application/problem+json`): `detail` is a sentence that says what was given, what is
allowed and what to do; `errors` points into the body. 429 and 503 have `Retry-After`, and stored nothing.

**Lists** come in pages: follow `next` as it is. **Reading less:** `fields=` keeps some fields, and an ETag sent back as
`If-None-Match` makes the answer a 304 while nothing has changed.

**Sending again** is safe with an `Idempotency-Key` where an operation takes one. Every answer has an `X-Request-ID`;
what is limited says in `RateLimit` how much is left.
""".strip()

# Name of a section, the first parts of the addresses in it, and what it is about; in the order of the page.
SECTIONS = (
    ("catalogue", ("courses", "lessons", "tasks"), "What is taught: open to everybody."),
    ("runs", ("runs",), "Try code on shown cases or inputs of your own. Nothing is recorded."),
    ("submissions", ("submissions",), "Hand code in to be graded, and read every verdict since."),
    ("account", ("me", "progress", "tokens"), "Who you are, how far you are, and what may act for you."),
    ("device", ("device",), "Sign a program in that has no browser (RFC 8628)."),
    ("webhooks", ("webhooks",), "Have an address of yours called for each verdict."),
    ("staff", ("staff",), "Everybody's submissions, regrading, and what certification found."),
)
_SECTION_OF = {part: name for name, parts, _ in SECTIONS for part in parts}


def add_overview(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: ARG001, FBT001 -- what drf-spectacular calls its hooks with
    """Describe the API as a whole, and put each operation, which is tagged by its address, into its section."""
    result["info"]["description"] = DESCRIPTION
    result["tags"] = [{"name": name, "description": about} for name, _, about in SECTIONS]
    for methods in result["paths"].values():
        for operation in methods.values():
            operation["tags"] = [_SECTION_OF[tag] for tag in operation["tags"]]
    return result
