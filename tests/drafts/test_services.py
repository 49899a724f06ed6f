"""No text is lost: what gives way to another one, and what is refused, is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lms.drafts.models import Draft
from lms.drafts.selectors import draft_get, drafts_of, earlier_drafts
from lms.drafts.services import KEPT, DraftConflictError, draft_save, draft_set_aside

LONG = "".join(f"line_{number} = {number}\n" for number in range(40))


@pytest.fixture
def save(learner, task):
    """Return a function that saves a draft on top of the version that is there, unless told otherwise."""

    def save(source, *, base=None, backend="numpy", **options):
        base = draft_get(learner, task, backend).version if base is None else base
        return draft_save(user=learner, task=task, backend=backend, source=source, base=base, **options)

    return save


@pytest.fixture
def earlier(learner, task):
    """Return a function that reads the earlier texts, the latest first."""
    return lambda: [text.source for text in earlier_drafts(draft_get(learner, task, "numpy"))]


def test_versions_count_the_changes(save, learner, task):
    assert draft_get(learner, task, "numpy").version == 0
    assert [save(text).version for text in ("a", "ab", "ab", "abc")] == [1, 2, 2, 3]
    assert draft_get(learner, task, "numpy").source == "abc"


def test_each_backend_and_each_learner_has_a_draft(save, learner, other_learner, task):
    save("in numpy")
    save("in torch", backend="torch")
    draft_save(user=other_learner, task=task, backend="numpy", source="somebody else's", base=0)
    assert {name: draft.source for name, draft in drafts_of(learner, task).items()} == {
        "numpy": "in numpy",
        "torch": "in torch",
    }


def test_typing_on_keeps_no_text_on_the_way(save, earlier):
    for end in range(1, 60):
        save(LONG[:end])
    save(LONG[:59].replace("line_1", "line_one"))
    assert earlier() == []


def test_every_few_minutes_a_text_on_the_way_is_kept(save, earlier):
    save(LONG)
    Draft.objects.update(created=timezone.now() - timedelta(minutes=6))
    save(LONG + "a")
    save(LONG + "ab")
    assert earlier() == [LONG]


def test_deleting_everything_keeps_what_was_there(save, earlier):
    save(LONG)
    save("")
    assert earlier() == [LONG]
    save("x = 1")
    assert earlier() == [LONG]


def test_changing_a_line_in_the_middle_is_no_rewriting(save, earlier):
    save(LONG)
    save(LONG.replace("line_20 = 20", "something_else = 3"))
    assert earlier() == []


def test_what_another_text_replaces_is_kept_however_alike_they_are(save, earlier):
    save(LONG)
    save(f"{LONG}#", replaces=True)
    assert earlier() == [LONG]


def test_a_text_based_on_an_older_version_is_refused_and_kept(save, earlier, learner, task):
    save("mine")
    save("mine, later")
    with pytest.raises(DraftConflictError) as conflict:
        save("theirs", base=1)
    assert (conflict.value.draft.version, conflict.value.draft.source) == (2, "mine, later")
    assert draft_get(learner, task, "numpy").source == "mine, later"
    assert earlier()[0] == "theirs"


def test_a_refused_text_that_comes_again_is_kept_once(save, earlier):
    save("mine")
    for _ in range(2):
        with pytest.raises(DraftConflictError):
            save("theirs", base=0)
    assert earlier() == ["theirs"]


def test_the_same_text_from_two_places_is_no_conflict(save):
    save("the same")
    assert save("the same", base=0).version == 1


def test_the_oldest_earlier_texts_give_way(save, earlier):
    for number in range(KEPT + 3):
        save(f"text {number}", replaces=True)
    assert earlier() == [f"text {number}" for number in reversed(range(2, KEPT + 2))]


def test_a_text_put_aside_is_no_draft(save, earlier, learner, task):
    draft_set_aside(user=learner, task=task, backend="numpy", source="decided against")
    assert earlier() == ["decided against"]
    assert drafts_of(learner, task) == {}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"backend": "jax"}, "backend"), ({"source": "a\0b"}, "source"), ({"source": "x" * 65_537}, "source")],
)
def test_what_could_not_be_submitted_cannot_be_saved(save, wrong, field):
    with pytest.raises(ValidationError) as error:
        save(**{"source": "x", "base": 0} | wrong)
    assert list(error.value.message_dict) == [field]
    assert not Draft.objects.exists()


def test_an_empty_draft_and_windows_line_ends(save):
    assert save("a\r\nb").source == "a\nb"
    assert save("").source == ""
