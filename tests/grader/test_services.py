import time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from grader import runs, selectors, services, turns
from grader.models import GradingRun, Submission
from grader.sweeper import sweep
from tests.grader.conftest import SOURCE, queued_arguments

pytestmark = pytest.mark.django_db

NO_BROKER = "unix:///nonexistent/valkey.sock"


def test_a_submission_is_stored_then_enqueued(broker, learner, task, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submission = services.submit(user=learner, task=task, source=SOURCE, backend="numpy")
        assert queued_arguments(broker) == []
    stored = Submission.objects.get()
    assert (stored.pk, stored.status, stored.source) == (submission.pk, "queued", SOURCE)
    assert queued_arguments(broker) == ["grade"]


def test_a_broker_that_is_down_costs_no_submission(learner, task, settings, django_capture_on_commit_callbacks):
    settings.REDIS_URL = NO_BROKER
    with django_capture_on_commit_callbacks(execute=True):
        services.submit(user=learner, task=task, source=SOURCE, backend="numpy")
    assert Submission.objects.get().status == "queued"


def test_line_ends_and_byte_order_mark_of_other_systems_are_taken_off(learner, task):
    submission = services.submit(user=learner, task=task, source="\ufeffx = 1\r\ny = 2\r\n", backend="numpy")
    assert submission.source == "x = 1\ny = 2\n"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (" \n", "The source is empty. Write the function that the task asks for."),
        ("x = 1\0", "The source holds a NUL character, which no Python file may. Send text, not a binary file."),
        ("x = '\ud800'", "Character 6 of the source is half of a surrogate pair. Send text encoded as UTF-8."),
        ("#" + "é" * 40_000, "The source is 80,001 bytes long; at most 65,536 are accepted."),
    ],
)
def test_a_source_that_is_no_program_is_refused(learner, task, source, sentence):
    with pytest.raises(ValidationError) as refused:
        services.submit(user=learner, task=task, source=source, backend="numpy")
    assert refused.value.message_dict == {"source": [sentence]}
    assert not Submission.objects.exists()


def test_a_source_of_exactly_the_largest_size_is_accepted(learner, task, settings):
    services.submit(user=learner, task=task, source="#" * settings.SUBMISSION_MAX_BYTES, backend="numpy")
    assert Submission.objects.count() == 1


def test_only_the_task_s_backends_are_accepted(learner, task):
    task.backends = ["numpy"]
    with pytest.raises(ValidationError) as refused:
        services.submit(user=learner, task=task, source=SOURCE, backend="torch")
    assert refused.value.message_dict == {"backend": ["“torch” is not a backend of this task. It takes: numpy."]}


def test_nothing_is_submitted_to_an_unpublished_task(learner, task):
    task.is_published = False
    with pytest.raises(ValidationError) as refused:
        services.submit(user=learner, task=task, source=SOURCE, backend="numpy")
    assert list(refused.value.message_dict) == ["task"]


def test_a_run_is_recorded_nowhere_but_in_the_broker(broker, learner, other_learner, task):
    run = services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")
    assert not Submission.objects.exists()
    assert queued_arguments(broker, "run") == [run.id]
    assert selectors.run_get(learner, run.id) == run
    assert 0 < broker.ttl(f"grader:run:{run.id}") <= runs.KEPT_S
    with pytest.raises(runs.RunNotFoundError):
        selectors.run_get(other_learner, run.id)


def test_a_run_that_has_expired_is_not_brought_back(broker, learner, task):
    run = services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")
    broker.flushall()
    runs.advance(run, status="running")
    with pytest.raises(runs.RunNotFoundError):
        selectors.run_get(learner, run.id)


def test_a_learner_has_three_runs_at_a_time(broker, learner, other_learner, task):
    run, *_ = [services.run_start(user=learner, task=task, source=SOURCE, backend="numpy") for _ in range(3)]
    with pytest.raises(runs.TooManyRunsError, match="3 of your runs are not done yet"):
        services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")
    assert len(broker.keys("grader:run:*")) == len(queued_arguments(broker, "run")) == 3
    services.run_start(user=other_learner, task=task, source=SOURCE, backend="numpy")
    runs.advance(run, status="running")
    with pytest.raises(runs.TooManyRunsError):
        services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")
    runs.advance(run, status="graded", result={})
    services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")


def test_runs_that_were_lost_are_not_waited_for_for_ever(broker, learner, task):
    lost = {f"lost {number}": time.time() - 1 for number in range(runs.AT_ONCE)}
    broker.zadd(f"grader:runs:of:{learner.pk}", lost)
    services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")


def test_a_run_without_a_broker_is_refused_in_words(learner, task, settings):
    settings.REDIS_URL = NO_BROKER
    with pytest.raises(services.QueueUnavailableError, match="Submitting works"):
        services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")


def test_a_regrade_adds_a_run_and_keeps_the_old_one(broker, graded, django_capture_on_commit_callbacks):
    first = graded.latest_run
    with django_capture_on_commit_callbacks(execute=True):
        assert services.regrade(graded)
    again = Submission.objects.get()
    assert (again.status, again.run_number, again.attempts, again.latest_run) == ("queued", 2, 0, first)
    assert (queued_arguments(broker), queued_arguments(broker, "regrade")) == ([], ["regrade"])


def test_thousands_of_regrades_cost_one_statement_and_few_messages(
    broker, make_graded, django_capture_on_commit_callbacks, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(turns, "TURNS_AT_ONCE", 2)
    for _ in range(3):
        make_graded()
    with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(1):
        assert services.regrade_all(Submission.objects.all()) == 3
    assert queued_arguments(broker, "regrade") == ["regrade"] * 2
    assert sweep().enqueued == 1


def test_what_is_not_graded_yet_is_not_regraded(submission):
    assert not services.regrade(submission)
    assert Submission.objects.get().run_number == 1


def test_the_database_refuses_a_second_verdict_of_one_run(graded):
    run = graded.latest_run
    copy = {name: getattr(run, name) for name in ("verdict", "score", "max_score", "result", "queued", "finished")}
    with pytest.raises(IntegrityError), transaction.atomic():
        GradingRun.objects.create(submission=graded, number=run.number, **copy)


@pytest.mark.parametrize("change", [{"status": "graded"}, {"status": "running"}])
def test_the_database_refuses_a_status_without_what_it_needs(submission, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(**change)


def test_a_grading_run_is_never_changed(graded):
    graded.latest_run.score = 4.0
    with pytest.raises(TypeError, match="never changed"):
        graded.latest_run.save()


def test_a_person_can_be_deleted_with_their_work(learner, graded):
    learner.delete()
    assert (Submission.objects.count(), GradingRun.objects.count()) == (0, 0)
