"""What Prometheus reads of grading. docs/monitoring.md lists every metric; none bears the name of a task or a learner.

A part that does not answer leaves its metrics out, and `baremath_up` says so: a scrape always gets an answer.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import product

from django.db import DatabaseError
from django.utils import timezone
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from grader import broker, events, health, heartbeats, queue_state
from grader.judge.verdict import VerdictCode
from grader.models import Backend, Queue
from grader.monitoring import sandboxes, tally
from grader.webhooks import selectors as webhooks

logger = logging.getLogger(__name__)


class GradingCollector(Collector):
    def describe(self) -> Iterable[Metric]:
        return []  # else registering would ask the database

    def collect(self) -> Iterable[Metric]:
        yield from (
            metric for part in (_up, _pending, _verdicts, _workers, _sweeper, _webhooks) for metric in _try(part)
        )


def _try(part: Callable[[], Iterable[Metric]]) -> list[Metric]:
    try:
        return list(part())
    except (DatabaseError, RedisError) as error:
        logger.warning("Metrics are incomplete: %s", error)
        return []


def _up() -> Iterable[Metric]:
    up = GaugeMetricFamily("baremath_up", "1 where this part works.", labels=["part"])
    for name, part in health.readiness().items():
        up.add_metric([name], part.ok)
    yield up
    yield GaugeMetricFamily("baremath_grading_paused", "1 while nothing is graded.", value=bool(health.why_paused()))


def _pending() -> Iterable[Metric]:
    pending = queue_state.pending()
    length = GaugeMetricFamily("baremath_queue_length", "What waits in the queue.", labels=["queue"])
    oldest = GaugeMetricFamily("baremath_queue_oldest_seconds", "How long the oldest one waits.", labels=["queue"])
    for queue in pending.queues:
        length.add_metric([queue.name], queue.length)
        oldest.add_metric([queue.name], queue.oldest_s)
    yield from (length, oldest)
    rows = GaugeMetricFamily("baremath_submissions", "Submissions without their verdict.", labels=["status"])
    rows.add_metric(["queued"], pending.queued)
    rows.add_metric(["running"], pending.running)
    yield rows
    help_text = "Of these, those that a worker was lost with before."
    yield GaugeMetricFamily("baremath_submissions_retried", help_text, value=pending.retried)


def _verdicts() -> Iterable[Metric]:
    counted = tally.read()
    verdicts = CounterMetricFamily("baremath_verdicts", "Verdicts given.", labels=["verdict", "backend", "kind"])
    for labels in product(VerdictCode, Backend.values, tally.KINDS):  # 0, too: else the first would be no increase
        verdicts.add_metric(labels, counted.verdicts.get(" ".join(labels), 0))
    yield verdicts
    seconds = HistogramMetricFamily(
        "baremath_grading_seconds",
        "Phases of a verdict: wait (until claimed), start, judge, and total (all of them).",
        labels=["phase", "backend", "kind"],
    )
    bounds = [*map(str, tally.BUCKETS_S), "+Inf"]
    for words, times in counted.phases.items():
        so_far = [float(sum(times.buckets[: i + 1])) for i in range(len(bounds))]
        seconds.add_metric(words.split(), list(zip(bounds, so_far, strict=True)), times.sum)
    yield seconds


def _workers() -> Iterable[Metric]:
    states = heartbeats.worker_states()
    processes = GaugeMetricFamily("baremath_worker_processes", "Processes that grade.", labels=["queue", "jail"])
    for queue in (broker.RUN_QUEUE, *Queue):
        serving = [state for state in states if queue in state.queues]
        works = sum(state.jail_works for state in serving)
        processes.add_metric([queue, "ok"], works)
        processes.add_metric([queue, "failed"], len(serving) - works)
    yield processes
    yield from sandboxes.metrics(states)


def _sweeper() -> Iterable[Metric]:
    if last := heartbeats.sweeper_last_pass():
        yield GaugeMetricFamily("baremath_sweeper_last_pass_timestamp_seconds", "When it was round last.", value=last)
    streams = broker.listeners(events.ALL_CHANNELS)
    yield GaugeMetricFamily("baremath_event_streams", "Event streams that are open.", value=streams)


def _webhooks() -> Iterable[Metric]:
    number, first_due = webhooks.pending()
    yield GaugeMetricFamily("baremath_webhook_deliveries_pending", "Deliveries not made yet.", value=number)
    overdue_s = _seconds_since(first_due)
    yield GaugeMetricFamily("baremath_webhook_overdue_seconds", "How late the first of them is.", value=overdue_s)


def _seconds_since(moment: datetime | None) -> float:
    return 0.0 if moment is None else max(0.0, (timezone.now() - moment).total_seconds())
