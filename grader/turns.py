"""Whose submission is graded next: the table is the queue, and a message is a turn.

A message of the queues grade, regrade and gpu names no submission. It says: grade the next of this queue. Which one
that is, the worker that takes the message finds in the table, in fair order. An id in the message would fix the order
when it is sent: whoever hands in fifty would be fifty messages ahead, a message that is lost or doubled would concern
one certain submission, and ten thousand regrades would need ten thousand messages at once. Turns are alike: one too
many finds nothing to do, and a queue that lacks some gets others from the sweeper, whichever were lost.

The order is start-time fair queueing (Goyal, Vin, Cheng: Start-time Fair Queueing, SIGCOMM 1996, section 2), each
submission of length one. It starts when the learner's last one that is not graded yet ends, and not before what the
queue has come to:

    turn = max(smallest turn that waits in the queue, 1 + largest turn of the learner's own)

So learners alternate, however many each has handed in. Regrades are staff's, and go in the order they were asked for.
"""

from django.db.models import F, Q, QuerySet
from redis.exceptions import RedisError

from grader import broker, heartbeats
from grader.models import Backend, Queue, Submission

# Messages that a queue holds for rows which no POST sent one for: more than all workers take between two sweeps.
TURNS_MAX = 1000
TURNS_AT_ONCE = 100  # of them while somebody waits for the answer to a request: each costs a millisecond


def waiting(queue: str) -> QuerySet[Submission]:
    """Return what waits in a queue, the next one first."""
    rows = Submission.objects.filter(status=Submission.Status.QUEUED, queue=queue)
    return rows.order_by("turn", "queued_at", "pk")


def queue_for(backend: str) -> str:
    """Return the queue of the GPU for torch while somebody serves it, else the one that every worker serves."""
    try:
        return Queue.GPU if backend == Backend.TORCH and heartbeats.gpu_is_served() else Queue.GRADE
    except RedisError:
        return Queue.GRADE


def next_turn(user_id: int, queue: str) -> int:
    """Return the turn of a learner's new submission.

    Two that are handed in at the same moment may get the same one: then the earlier goes first.
    """
    own = pending_of(user_id, queue).values_list("turn", flat=True).first()
    return max(_start(queue), 0 if own is None else own + 1)


def pending_of(user_id: int, queue: str) -> QuerySet[Submission]:
    """Return a learner's own that are not graded yet, the last one first."""
    pending = Submission.objects.exclude(status=Submission.Status.GRADED)
    return pending.filter(user_id=user_id, queue=queue).order_by("-turn")


def _start(queue: str) -> int:
    """Return what the queue has come to: its smallest turn, 0 while it is empty."""
    return waiting(queue).values_list("turn", flat=True).first() or 0


def position(submission: Submission) -> int:
    """Return how many submissions are graded before one that waits. Regrades let all others go first."""
    fresh = waiting(Queue.GRADE).count() if submission.queue == Queue.REGRADE else 0
    return before(submission).count() + fresh


def before(submission: Submission) -> QuerySet[Submission]:
    """Return what has its turn before in the same queue."""
    earlier = (
        Q(turn__lt=submission.turn)
        | Q(queued_at__lt=submission.queued_at)
        | Q(queued_at=submission.queued_at, pk__lt=submission.pk)
    )
    return waiting(submission.queue).filter(earlier, turn__lte=submission.turn)


def send(queue: str, count: int = 1) -> bool:
    """Send turns to the workers; return False, within seconds, if the broker does not answer."""
    return broker.send_job("grade_next", queue, queue=queue, times=count)


def top_up(queue: str, most: int = TURNS_MAX) -> int:
    """Give a queue as many turns as rows wait in it, `most` of them; return how many it lacked.

    The rest gets its turns in later sweeps, so that a backlog of any length costs no more messages than are used soon.
    Turns that a worker has taken and not used yet are not counted: so many too many may be sent, and find nothing.
    """
    rows = waiting(queue)[:most].count()
    try:
        lacking = rows - broker.queue_length(queue) if rows else 0
    except RedisError:
        return 0
    return lacking if lacking > 0 and send(queue, lacking) else 0


def leave_gpu() -> int:
    """Let all workers have what waits for the GPU, in the same order, and begin where their own queue stands."""
    behind = _start(Queue.GRADE) - _start(Queue.GPU)
    return waiting(Queue.GPU).order_by().update(queue=Queue.GRADE, turn=F("turn") + behind)
