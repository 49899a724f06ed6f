"""Watching one's own code train: who may, what is kept, and how each of its ends is told."""

import asyncio
import json
import time
import uuid

import pytest
from asgiref.sync import sync_to_async
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import AsyncClient

from courses.models import Task
from grader import broker as queue
from grader import jobs, watches, watching, worker
from grader.judge.watch import WALL_S
from grader.services import QueueUnavailableError
from tests.content.test_tasks import FOLDERS
from tests.grader.conftest import accepted, queued_arguments, wrong_answer
from tests.grader.test_services import NO_BROKER

K_MEANS = next(folder for folder in FOLDERS if folder.name == "k-means")
FRAMES = 8  # of k-means with its accepted solution: the scene, the start and six iterations
RIGHT = (K_MEANS / "submissions/accepted/broadcasting.py").read_text()

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_broker(broker):
    """What one test watches is not what the next one watches."""


@pytest.fixture(scope="module")
def opened():
    process = worker.GradingProcess()
    yield process
    for kind in worker.KINDS:
        process.discard(kind)


@pytest.fixture
def process(monkeypatch, opened):
    """The worker process of these tests; its jails are opened once."""
    monkeypatch.setattr(worker, "_process", opened)
    return opened


@pytest.fixture
def task(catalogue):
    return Task.objects.get(slug="k-means")


@pytest.fixture
def passed(make_graded):
    """An accepted submission, whose code is right."""
    return make_graded(accepted(), source=RIGHT)


@pytest.fixture
def start(learner, passed):
    """Return a function that starts to watch."""

    def start(submission=passed, **chosen):
        return watching.start(user=learner, submission=submission, chosen=chosen)

    return start


def all_of(watch):
    return watching.state(watches.get(watch.id), 0)


# --- who may ---------------------------------------------------------------------------------------------------------


def test_a_start_is_kept_and_queued_among_the_runs(start, broker, learner, passed):
    watch = start(k="4")
    assert queued_arguments(broker, queue.RUN_QUEUE) == [watch.id]
    assert watching.get(learner, watch.id) == watch
    assert (watch.submission_id, watch.chosen, watch.status) == (str(passed.pk), {"k": "4"}, "queued")
    assert 0 < broker.ttl(f"grader:watch:{watch.id}") <= watches.KEPT_S


def test_only_accepted_code_is_watched(start, make_graded, make_submission):
    for submission in (make_graded(wrong_answer()), make_submission()):
        with pytest.raises(PermissionDenied):
            start(submission)


def test_nobody_watches_the_code_of_others(passed, other_learner, start):
    with pytest.raises(PermissionDenied):
        watching.start(user=other_learner, submission=passed, chosen={})
    with pytest.raises(watches.WatchNotFoundError):
        watching.get(other_learner, start().id)


def test_a_choice_that_is_none_is_refused(start):
    with pytest.raises(ValidationError, match="Clusters: '17' is not among 2, 3, 4"):
        start(k="17")


def test_a_task_that_has_nothing_to_watch_is_refused(start, make_graded):
    other = Task.objects.get(slug="mean-squared-error")
    with pytest.raises(ValidationError, match="nothing to watch"):
        start(make_graded(accepted(), task=other))


def test_without_a_broker_it_says_so_at_once(start, settings, process):
    settings.REDIS_URL = NO_BROKER
    with pytest.raises(QueueUnavailableError):
        start()


# --- what is shown ---------------------------------------------------------------------------------------------------


@pytest.mark.jail
def test_a_job_runs_the_code_and_keeps_each_frame(start, process, broker):
    watch = start()
    jobs.watch_training(watch.id)
    told = all_of(watch)
    scene, first, *_, last = told["frames"]
    assert (told["status"], told["next"], told["more"], len(told["frames"])) == ("ended", FRAMES, False, FRAMES)
    assert list(scene["pictures"]) == ["data", "cost"]
    assert (first["label"], last["label"]) == ("iteration 0", "iteration 6")
    assert told["ending"]["code"] == "finished"
    assert told["ending"]["calls"] == 6
    assert 0 < broker.ttl(f"grader:watch:{watch.id}:frames") <= watches.KEPT_S


@pytest.mark.jail
def test_whoever_asks_again_gets_what_is_new(start, process, monkeypatch):
    monkeypatch.setattr(watching, "FRAMES_AT_ONCE", 3)
    watch = start()
    jobs.watch_training(watch.id)
    kept = watches.get(watch.id)
    parts = [watching.state(kept, after) for after in (0, 3, 6, 8, 80)]
    assert [len(part["frames"]) for part in parts] == [3, 3, 2, 0, 0]
    assert [part["more"] for part in parts] == [True, True, False, False, False]
    assert [part["next"] for part in parts] == [3, 6, 8, 8, 80]
    assert [frame["label"] for frame in watching.latest(kept, 2)["frames"]] == ["iteration 5", "iteration 6"]


@pytest.mark.jail
def test_a_torch_submission_trains_with_tensors(start, make_graded, process):
    source = (K_MEANS / "submissions/accepted/torch_cdist.py").read_text()
    watch = start(make_graded(accepted(), source=source, backend="torch"))
    jobs.watch_training(watch.id)
    assert all_of(watch)["ending"]["code"] == "finished"


@pytest.mark.jail
def test_what_goes_wrong_in_the_code_is_told_with_its_line(start, make_graded, process):
    source = "def k_means(X, centroids, max_iter=100):\n    return X[:9].reshape(3, 9)\n"
    watch = start(make_graded(accepted(), source=source))
    jobs.watch_training(watch.id)
    ending = all_of(watch)["ending"]
    assert ending["code"] == "stopped"
    assert ending["text"].startswith("Your code raised ValueError in line 2")
    assert "X of shape (300, 2)" in ending["where"]
    assert [line["line"] for line in ending["error"]["trace"]] == [2]


@pytest.mark.jail
def test_a_new_start_ends_the_one_before(start, process, monkeypatch):
    """One learner has one training: whoever is no longer watched notices at its next frame."""
    openings = process.sandbox("numpy").metrics.openings
    first = start()
    add, second = watches.add_frame, []

    def add_and_start(watch, frame):
        if not second:
            second.append(start())
        return add(watch, frame)

    monkeypatch.setattr(watches, "add_frame", add_and_start)
    jobs.watch_training(first.id)
    assert all_of(first)["ending"]["code"] == "replaced"
    jobs.watch_training(second[0].id)
    assert all_of(second[0])["ending"]["code"] == "finished"
    assert process.sandbox("numpy").metrics.openings == openings


# --- what is our fault -----------------------------------------------------------------------------------------------


def test_without_a_jail_it_is_paused(start, monkeypatch):
    monkeypatch.setattr(worker, "_process", worker.GradingProcess())
    monkeypatch.setenv("PATH", "/nonexistent")
    watch = start()
    jobs.watch_training(watch.id)
    told = all_of(watch)
    assert (told["ending"]["code"], told["ending"]["text"]) == ("ours", watching.PAUSED)
    assert all_of(start())["status"] == "paused"


@pytest.mark.jail
def test_a_watch_py_that_fails_is_our_fault(start, process, settings, tmp_path):
    watch = start()
    settings.CONTENT_DIR = tmp_path
    jobs.watch_training(watch.id)
    assert all_of(watch)["ending"]["text"] == watching.OURS


def test_a_job_delivered_again_ends_what_its_worker_left(start):
    watch = watches.advance(start(), status="running", started=time.time())
    jobs.watch_training(watch.id)
    assert all_of(watch)["ending"]["text"] == watching.LOST
    jobs.watch_training(watch.id)  # and once more, after its end
    assert all_of(watch)["ending"]["text"] == watching.LOST


def test_what_runs_for_longer_than_it_can_is_lost(start):
    watch = watches.advance(start(), status="running", started=time.time() - watches.LONGEST_S - 1)
    told = all_of(watch)
    assert (told["status"], told["ending"]["code"]) == ("ended", "ours")
    assert all_of(watches.advance(watch, started=time.time()))["status"] == "running"


def test_what_has_expired_is_gone(start, broker, learner):
    watch = start()
    broker.flushall()
    jobs.watch_training(watch.id)
    with pytest.raises(watches.WatchNotFoundError):
        watching.get(learner, watch.id)
    assert watching.current(learner, "k-means") is None


def test_limits_are_nested(settings):
    """What runs ends by its own limits, three times the wall limit on a busy machine, before it counts as lost."""
    assert 3 * WALL_S < watches.LONGEST_S < settings.CELERY_TASK_SOFT_TIME_LIMIT < watches.KEPT_S


# --- over HTTP -------------------------------------------------------------------------------------------------------


@pytest.fixture
def post(client, learner):
    client.force_login(learner)

    def post(task="k-means", accept="application/json", **form):
        return client.post(f"/tasks/{task}/watch/start/", form, headers={"accept": accept})

    return post


def test_a_start_answers_with_addresses(post, passed, client):
    answer = post(submission=passed.pk, k="2")
    assert answer.status_code == 202
    started = answer.json()
    assert client.get(started["state"]).json()["status"] == "paused"  # no worker runs here
    assert started["events"] == f"/events/watches/{started['id']}/"
    assert client.get(started["url"]).status_code == 200


def test_a_plain_form_comes_back_to_the_page(post, passed, make_graded):
    answer = post(submission=passed.pk, accept="text/html")
    assert (answer.status_code, answer.url) == (302, f"/tasks/k-means/watch/?submission={passed.pk}")
    answer = post(submission=make_graded(wrong_answer()).pk, accept="text/html")
    assert (answer.status_code, answer.url) == (302, "/tasks/k-means/watch/")


def test_refusals_are_problems_with_words(post, passed, make_graded, other_learner):
    wrong, other = make_graded(wrong_answer()), make_graded(accepted(), user=other_learner)
    answers = {
        "not accepted": post(submission=wrong.pk),
        "of somebody else": post(submission=other.pk),
        "of another task": post("batch-gradient-descent", submission=passed.pk),
        "no id": post(submission="x"),
        "no choice": post(submission=passed.pk, k="17"),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "not accepted": 403,
        "of somebody else": 404,
        "of another task": 404,
        "no id": 404,
        "no choice": 400,
    }
    for name in ("of somebody else", "of another task", "no id"):
        assert answers[name].json()["detail"] == "You have no such submission to this task. Reload the page."
    assert "Only accepted code can be watched" in answers["not accepted"].json()["detail"]
    assert "is not among 2, 3, 4" in answers["no choice"].json()["detail"]


def test_the_state_is_the_learners_own(post, passed, client, other_learner):
    address = post(submission=passed.pk).json()["state"]
    assert client.get(f"/watches/{uuid.uuid4()}/state/").status_code == 404
    client.force_login(other_learner)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("after", ["", "x", "-1", "1e9", "٣", "9" * 18, "9" * 19, pytest.param("9" * 5000, id="long")])
def test_what_is_no_number_of_a_frame_means_the_first(post, passed, client, after):
    address = post(submission=passed.pk).json()["state"]
    answer = client.get(address, {"after": after})
    assert (answer.status_code, answer.json()["next"]) == (200, 0)


def test_starts_have_a_rate_of_their_own(post, passed, monkeypatch):
    from grader.api.throttles import WatchThrottle

    monkeypatch.setattr(WatchThrottle, "THROTTLE_RATES", {"watch": "2/min"})
    assert [post(submission=passed.pk).status_code for _ in range(3)] == [202, 202, 429]


# --- as a stream -----------------------------------------------------------------------------------------------------


async def events_of(client, address, **headers):
    """Return the (id, data) of all events of a stream that ends."""
    response = await client.get(address, headers=headers)
    assert response.status_code == 200
    text = "".join([part.decode() async for part in response])
    events = [block.split("\n") for block in text.split("\n\n") if "data: " in block]
    blocks = [dict(line.split(": ", 1) for line in lines) for lines in events]
    return [(int(block["id"]), json.loads(block["data"])) for block in blocks]


@pytest.mark.jail
@pytest.mark.django_db(transaction=True)
def test_a_stream_tells_frames_and_goes_on_where_it_was_cut(start, process, learner, other_learner, monkeypatch):
    monkeypatch.setattr(watching, "FRAMES_AT_ONCE", 3)
    watch = start()
    address = f"/events/watches/{watch.id}/"

    async def scenario():
        client, stranger = AsyncClient(), AsyncClient()
        await client.aforce_login(learner)
        await stranger.aforce_login(other_learner)
        following = asyncio.create_task(events_of(client, address))  # from before the job begins
        await asyncio.sleep(0)
        await sync_to_async(jobs.watch_training)(watch.id)
        events = await asyncio.wait_for(following, 20)
        frames = [frame for _, data in events for frame in data["frames"]]
        assert len(frames) == FRAMES
        assert [number for number, _ in events] == sorted(number for number, _ in events)
        assert events[-1][1]["ending"]["code"] == "finished"
        resumed = await events_of(client, address, **{"last-event-id": "6"})
        assert [(number, len(data["frames"])) for number, data in resumed] == [(8, 2)]
        assert resumed[0][1]["status"] == "ended"
        assert (await stranger.get(address)).status_code == 404
        assert (await AsyncClient().get(address)).status_code == 401

    asyncio.run(scenario())
