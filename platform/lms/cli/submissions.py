"""Which of one's submissions is meant."""

from typing import TYPE_CHECKING

from lms.cli.addresses import ID, submission_id
from lms.cli.errors import RefusedError
from lms.cli.shapes import SUMMARY

if TYPE_CHECKING:
    from lms.cli.client import Api

SHOWN_CHARACTERS = 8  # of an id: enough to tell it from others, and short enough for a table


def submission_meant(api: "Api", given: str | None) -> str:
    """Return the whole id of the submission that begins so, or of the latest. Raises RefusedError if there is none."""
    beginning = "" if given is None else submission_id(given)
    if ID.fullmatch(beginning):
        return beginning
    for each in api.pages("submissions/", SUMMARY, page_size=100 if beginning else 1):
        if each["id"].startswith(beginning):
            return str(each["id"])
    raise RefusedError(no_submission(beginning) if beginning else "You have handed in nothing yet.")


def no_submission(name: str) -> str:
    return f"There is no submission {name} among yours: baremath history lists them."
