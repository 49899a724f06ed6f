"""Sending what is due, in a few threads: a receiver that is slow holds up neither the sweeper nor others."""

import logging
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from grader.webhooks import selectors, services
from grader.webhooks.sending import send

THREADS = 8

logger = logging.getLogger(__name__)


class Deliverer:
    """Each webhook has at most one thread, which it gives back as soon as an attempt fails."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="webhook")
        self._lock = threading.Lock()
        self._busy: set[uuid.UUID] = set()

    def start_due(self) -> None:
        """Begin to send what is due; does not wait for it."""
        if not settings.WEBHOOKS:
            return
        services.give_up_cut_off()
        for webhook_id in selectors.due_webhooks(timezone.now()):
            with self._lock:
                if webhook_id in self._busy:
                    continue
                self._busy.add(webhook_id)
            self._threads.submit(self._send_all, webhook_id)

    def finish(self) -> None:
        """Wait until what was begun has ended."""
        self._threads.shutdown()

    def _send_all(self, webhook_id: uuid.UUID) -> None:
        try:
            while deliver_next(webhook_id):
                pass
        except DatabaseError as error:
            logger.warning("Webhook %s waits: the database does not answer (%s).", webhook_id, error)
        except Exception:  # it would vanish with the thread; the attempt stays cut off and is made again
            logger.exception("Sending to the webhook %s failed.", webhook_id)
        finally:
            connection.close()
            with self._lock:
                self._busy.discard(webhook_id)


def deliver_next(webhook_id: uuid.UUID) -> bool:
    """Make the next attempt that is due for a webhook; return whether there was one and it arrived."""
    claimed = services.claim_next(webhook_id)
    if claimed is None:
        return False
    delivery, attempt = claimed
    webhook = delivery.webhook
    answer = send(webhook.url, webhook.secret, str(delivery.pk), selectors.body_of(delivery))
    services.settle(delivery, attempt, status_code=answer.status_code, error=answer.error, ms=answer.ms)
    if answer.error:
        logger.info("Delivery %s, attempt %d: %s", delivery.pk, delivery.tries, answer.error)
    return not answer.error
