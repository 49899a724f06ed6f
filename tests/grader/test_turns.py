"""Whose submission is graded next. tests/system/test_queues.py has all of these run on PostgreSQL, too."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from grader import grading, services, turns
from grader.models import Queue, Submission
from tests.grader.conftest import SOURCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


@pytest.fixture
def third_learner(django_user_model):
    return django_user_model.objects.create_user("sofya", "sofya@example.org", "correct horse battery")


@pytest.fixture
def hand_in(task):
    """Return a function that hands in so many submissions of a learner, and returns them."""

    def hand_in(user, count=1):
        return [services.submit(user=user, task=task, source=SOURCE, backend="numpy") for _ in range(count)]

    return hand_in


def claimed(count, queue=Queue.GRADE):
    """Claim the next ones of a queue, and return their ids in that order."""
    return [found.pk for found in (grading._claim_next(queue) for _ in range(count)) if found]


def ids(*submissions):
    return [each.pk for each in submissions]


def test_learners_alternate_however_many_each_has_handed_in(hand_in, learner, other_learner, third_learner):
    a, b, c = hand_in(learner, 50), hand_in(other_learner), hand_in(third_learner, 2)
    assert claimed(60) == ids(a[0], b[0], c[0], a[1], c[1], *a[2:])


def test_who_comes_later_begins_where_the_queue_stands(hand_in, learner, other_learner):
    a = hand_in(learner, 20)
    assert claimed(10) == ids(*a[:10])
    b = hand_in(other_learner, 2)
    assert claimed(20) == ids(a[10], b[0], a[11], b[1], *a[12:])


def test_what_is_being_graded_counts_as_the_learner_s_own(hand_in, learner, other_learner):
    [first] = hand_in(learner)
    assert claimed(1) == [first.pk]
    [second], [other] = hand_in(learner), hand_in(other_learner)
    assert (second.turn, other.turn) == (1, 1)
    assert claimed(2) == ids(second, other)


def test_an_empty_queue_begins_anew(hand_in, learner):
    assert [each.turn for each in hand_in(learner, 3)] == [0, 1, 2]
    Submission.objects.all().delete()
    assert [each.turn for each in hand_in(learner)] == [0]


def test_what_comes_back_has_the_place_that_it_had(hand_in, learner):
    first, second = hand_in(learner, 2)
    held = grading._claim_next(Queue.GRADE)
    grading.try_again(held)
    assert claimed(2) == ids(first, second)


def test_regrades_go_in_the_order_they_were_asked_for(make_graded):
    later, sooner = make_graded(), make_graded()
    for each in (sooner, later):
        services.regrade(each)
    assert (claimed(2), claimed(2, Queue.REGRADE)) == ([], ids(sooner, later))


def test_the_position_is_the_number_of_claims_before(hand_in, learner, other_learner, make_graded):
    hand_in(learner, 3)
    services.regrade_all(Submission.objects.filter(pk__in=[make_graded().pk for _ in range(4)]))
    hand_in(other_learner, 2)
    positions = {each.pk: turns.position(each) for each in Submission.objects.all()}
    assert claimed(5) + claimed(4, Queue.REGRADE) == sorted(positions, key=positions.get)
    assert sorted(positions.values()) == list(range(9))


def test_positions_fall_while_the_queue_drains(hand_in, learner, other_learner):
    hand_in(learner, 4)
    [mine] = hand_in(other_learner)
    seen = []
    while mine.pk not in claimed(1):
        seen.append(turns.position(mine))
    assert seen == [0]
    assert turns.position(Submission.objects.last()) == 0


def test_without_a_gpu_its_queue_is_joined_to_the_other_in_order(hand_in, make_submission, learner, other_learner):
    hand_in(learner, 3)
    claimed(1)
    torch = [make_submission(user=other_learner, queue=Queue.GPU, turn=turn) for turn in (7, 8)]
    assert turns.leave_gpu() == 2
    assert list(Submission.objects.filter(pk__in=ids(*torch)).order_by("turn").values_list("turn", flat=True)) == [1, 2]
    assert turns.waiting(Queue.GRADE).count() == 4


def test_a_row_of_the_version_before_goes_first(hand_in, learner, other_learner, task):
    """It knows neither queue nor turn: the database fills them in."""
    hand_in(learner, 2)
    claimed(1)
    now, pk = timezone.now() - timedelta(seconds=1), uuid.uuid4()
    values = {"id": pk, "user_id": other_learner.pk, "task_id": task.pk, "source": SOURCE, "backend": "numpy"}
    values |= {"created": now, "queued_at": now, "status": "queued", "run_number": 1, "claimed_by": "", "attempts": 0}
    fields = {field.column: field for field in Submission._meta.fields}
    with connection.cursor() as cursor:
        prepared = [fields[name].get_db_prep_save(value, connection) for name, value in values.items()]
        columns, places = ", ".join(values), ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO grader_submission ({columns}) VALUES ({places})", prepared)
    assert claimed(1) == [pk]


MANY = 10_000


@pytest.fixture
def long_queue(learner, other_learner, task):
    """As many rows that wait as are graded, and the last one that waits."""
    common = {"task": task, "source": "x", "backend": "numpy", "queued_at": timezone.now()}
    rows = [Submission(user=learner, turn=turn, **common) for turn in range(MANY)]
    rows += [Submission(user=other_learner, queue=Queue.REGRADE, **common) for turn in range(MANY)]
    Submission.objects.bulk_create(rows)
    return rows[MANY - 1]


def test_a_long_queue_is_read_by_its_index(long_queue, learner):
    waiting = turns.waiting(Queue.GRADE)
    asked = {
        "the next one": waiting.select_related("task")[:1],
        "how far the queue is": waiting.values_list("turn", flat=True)[:1],
        "who is before": turns.before(long_queue).order_by().values("pk"),
        "whether it is full": waiting.order_by().values("pk")[:100],
    }
    plans = {name: rows.explain() for name, rows in asked.items()}
    assert {name for name, plan in plans.items() if "submission_turns" not in plan} == set(), plans
    own = turns.pending_of(learner.pk, Queue.GRADE).values_list("turn", flat=True)[:1].explain()
    assert "submission_own_turns" in own
    sorts = [plan for plan in [plans["the next one"], own] if "Sort" in plan or "TEMP B-TREE" in plan]
    assert sorts == []


def test_handing_in_costs_two_short_questions_more(
    hand_in, learner, task, backlog_counts, monkeypatch, django_assert_num_queries
):
    hand_in(learner, 2)
    monkeypatch.setattr("grader.backlog.COUNT_KEPT_S", 3600)
    with django_assert_num_queries(3):  # where the queue stands, the learner's last one; the row
        submission = services.submit(user=learner, task=task, source=SOURCE, backend="numpy")
    assert submission.turn == 2


def test_regrades_keep_nobody_from_handing_in(make_submission, hand_in, settings, backlog_counts, other_learner):
    for _ in range(3):
        make_submission(queue=Queue.REGRADE)
    settings.QUEUE_MAX = 1
    hand_in(other_learner)
    with pytest.raises(services.QueueFullError):
        hand_in(other_learner)
