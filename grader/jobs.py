"""What Celery runs, and what a worker process does when it starts and ends. Jobs fetch by id and call one function."""

import importlib
from typing import Any

from celery import current_app, shared_task
from celery.signals import task_postrun, task_prerun, worker_init, worker_process_init, worker_process_shutdown
from django.db import connections
from structlog.contextvars import bind_contextvars, clear_contextvars

from grader import broker, grading, heartbeats, watching, worker
from grader.judge.reference import device


@shared_task(name="grader.jobs.grade_next")  # type: ignore[untyped-decorator]  # celery has no types
def grade_next(queue: str) -> None:
    grading.grade_next(queue)


@shared_task(name="grader.jobs.grade_submission")  # type: ignore[untyped-decorator]  # celery has no types
def grade_submission(_submission_id: str) -> None:
    """Take a message of version 1.0, which named a submission, for a turn: all of that version wait in `grade`."""
    grading.grade_next(broker.GRADE_QUEUE)


@shared_task(name="grader.jobs.run_samples")  # type: ignore[untyped-decorator]  # celery has no types
def run_samples(run_id: str) -> None:
    grading.run_samples(run_id)


@shared_task(name="grader.jobs.watch_training")  # type: ignore[untyped-decorator]  # celery has no types
def watch_training(watch_id: str) -> None:
    watching.perform(watch_id)


@worker_init.connect  # type: ignore[untyped-decorator]  # celery has no types
def load_torch(**_signal: Any) -> None:
    """Import the reference twins once, before the worker forks its processes: they share the memory and the second."""
    importlib.import_module("torch")


@worker_init.connect  # type: ignore[untyped-decorator]  # celery has no types
def refuse_gpu_queue_without_gpu(**_signal: Any) -> None:
    """End a worker that would draw torch submissions away from the others and has no GPU for them.

    This process forks the one that computes, so it must not initialise CUDA: `device` only asks the driver how many
    there are (PYTORCH_NVML_BASED_CUDA_CHECK, set in lms.celery_app).
    """
    if broker.GPU_QUEUE in current_app.amqp.queues.consume_from and device("torch") != "cuda":
        raise SystemExit("The queue gpu needs a CUDA device and a PyTorch built for it. Serve it where both are there.")


@worker_process_init.connect  # type: ignore[untyped-decorator]  # celery has no types
def start_process(**_signal: Any) -> None:
    worker.current().start()


@task_prerun.connect  # type: ignore[untyped-decorator]  # celery has no types
def name_job_in_logs(*, task: Any, **_signal: Any) -> None:
    """Have every line say which job it belongs to; `grading` adds the submission or run, and what is known of it."""
    request, queue = task.request, (task.request.delivery_info or {}).get("routing_key")
    clear_contextvars()
    bind_contextvars(task=task.name.rpartition(".")[2], task_id=request.id, queue=queue, worker=heartbeats.own_name())
    if request_id := request.get("request_id"):
        bind_contextvars(request_id=request_id)


@task_prerun.connect  # type: ignore[untyped-decorator]  # celery has no types
def drop_broken_connections(**_signal: Any) -> None:
    """Go on with the last job's database connection (CELERY_DB_REUSE_MAX), unless the database was restarted since."""
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None and not connection.is_usable():
            connection.close()


@task_postrun.connect  # type: ignore[untyped-decorator]  # celery has no types
def refill_sandboxes(**_signal: Any) -> None:
    """The verdict is stored: nobody waits while children are forked for the next job."""
    worker.current().refill()


@worker_process_shutdown.connect  # type: ignore[untyped-decorator]  # celery has no types
def stop_process(**_signal: Any) -> None:
    worker.current().stop()
