"""The queue of the GPU: who is sent there, and what happens without one. Tests marked `gpu` need a CUDA device."""

import os
import subprocess
import sys

import numpy as np
import pytest
from django.conf import settings

from grader import health, heartbeats, services
from grader.broker import GPU_QUEUE, GRADE_QUEUE, REGRADE_QUEUE, RUN_QUEUE
from grader.models import Submission
from grader.sweeper import sweep
from tests.grader.conftest import queued_arguments

ENVIRONMENT = os.environ | {"PYTHONPATH": f"{settings.BASE_DIR}:{settings.BASE_DIR / 'platform'}"}


def beat(name, queues, reason=""):
    state = heartbeats.WorkerState(name, "host", 1, reason, "", "2026-01-01T00:00:00+00:00", queues)
    heartbeats.beat(state)


SOURCES = {"numpy": "x = 1\n", "torch": "import torch\n"}


@pytest.fixture
def enqueued(broker, learner, task, django_capture_on_commit_callbacks):
    """Return a function that hands something in, and returns the turns in the queues that it may wait in."""

    def hand_in(backend):
        with django_capture_on_commit_callbacks(execute=True):
            submission = services.submit(user=learner, task=task, source=SOURCES[backend], backend=backend)
        turns = {queue: len(queued_arguments(broker, queue)) for queue in (GRADE_QUEUE, GPU_QUEUE)}
        assert turns[submission.queue] == 1
        return turns

    return hand_in


@pytest.mark.django_db
class TestRouting:
    def test_torch_goes_to_a_living_gpu_worker(self, enqueued):
        beat("plain", [GRADE_QUEUE, RUN_QUEUE])
        beat("gpu", [GPU_QUEUE])
        assert enqueued("torch") == {GRADE_QUEUE: 0, GPU_QUEUE: 1}

    def test_numpy_never_does(self, enqueued):
        beat("gpu", [GPU_QUEUE])
        assert enqueued("numpy") == {GRADE_QUEUE: 1, GPU_QUEUE: 0}

    def test_without_a_gpu_worker_every_worker_takes_torch(self, enqueued):
        beat("plain", [GRADE_QUEUE, RUN_QUEUE])
        assert enqueued("torch") == {GRADE_QUEUE: 1, GPU_QUEUE: 0}

    def test_a_gpu_worker_whose_jail_is_broken_gets_nothing(self, enqueued):
        beat("gpu", [GPU_QUEUE], reason="no user namespaces")
        assert enqueued("torch") == {GRADE_QUEUE: 1, GPU_QUEUE: 0}

    def test_what_a_gpu_worker_left_is_graded_by_the_others(self, broker, enqueued):
        beat("plain", [GRADE_QUEUE, RUN_QUEUE])
        beat("gpu", [GPU_QUEUE])
        enqueued("torch")
        assert sweep().enqueued == 0
        heartbeats.end("gpu")
        assert sweep().enqueued == 1
        assert queued_arguments(broker) == [GRADE_QUEUE]
        assert Submission.objects.get().queue == GRADE_QUEUE

    def test_regrades_leave_the_gpu_to_who_waits(self, broker, make_graded, django_capture_on_commit_callbacks):
        beat("gpu", [GPU_QUEUE])
        with django_capture_on_commit_callbacks(execute=True):
            services.regrade(make_graded(backend="torch"))
        assert (queued_arguments(broker, GPU_QUEUE), queued_arguments(broker, REGRADE_QUEUE)) == ([], [REGRADE_QUEUE])

    @pytest.mark.usefixtures("broker")
    def test_a_gpu_worker_alone_does_not_make_the_system_ready(self):
        beat("gpu", [GPU_QUEUE])
        assert health.why_paused().startswith("Grading is paused: no grading worker is running.")
        assert not health.readiness()["workers"].ok


def python(script):
    return subprocess.run([sys.executable, "-c", script], env=ENVIRONMENT, capture_output=True, text=True, check=False)


def test_a_worker_refuses_the_gpu_queue_without_a_gpu():
    command = ["-m", "celery", "-A", "lms.celery_app", "worker", "-Q", GPU_QUEUE]
    hidden = ENVIRONMENT | {"CUDA_VISIBLE_DEVICES": ""}
    ended = subprocess.run(
        [sys.executable, *command], env=hidden, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode != 0
    assert "The queue gpu needs a CUDA device" in ended.stderr


LOOK = "import lms.celery_app, torch; from grader.judge.reference import device; where = device('torch')"


def test_looking_for_a_gpu_initialises_nothing_in_the_process_that_forks():
    ended = python(f"{LOOK}\nassert not torch.cuda.is_initialized()\nprint(where)")
    assert ended.stdout.strip() in {"cpu", "cuda"}, ended.stderr


@pytest.mark.gpu
def test_a_fork_can_compute_on_the_gpu_after_its_parent_looked_for_one():
    compute = "print(where, float(torch.ones(3, device=where).sum())); sys.stdout.flush(); os._exit(0)"
    ended = python(f"import os, sys; {LOOK}\npid = os.fork()\nif pid == 0:\n    {compute}\nos.waitpid(pid, 0)")
    assert ended.stdout.strip() == "cuda 3.0", ended.stderr


@pytest.mark.gpu
@pytest.mark.django_db
def test_the_reference_on_the_gpu_agrees_with_numpy(task):
    from grader.judge.reference import device, fixed_outputs

    assert device("torch") == "cuda"
    for on_gpu, plain in zip(fixed_outputs(task.load(), "torch"), fixed_outputs(task.load(), "numpy"), strict=True):
        assert np.allclose(on_gpu, plain, rtol=1e-9)
