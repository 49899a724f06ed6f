"""What is done with the settings of the system under load, and so in a process of its own: JSON on standard output.

python -m benchmarks.system.inside people LEARNERS READERS | crowd SUBMISSIONS | backlog SUBMISSIONS | forget-crowd
"""

import json
import os
import secrets
import sys
from datetime import timedelta
from typing import Any

import django

LEARNER, READER = "storm-learner", "storm-reader"
BACKLOG_TASK = "mean-squared-error"


def people(learners: int, readers: int) -> dict[str, Any]:
    """Make accounts that are signed in: what their browsers send, tokens for some, and the addresses to read."""
    from courses.models import Lesson, Task

    tasks = Task.objects.filter(is_published=True).select_related("lesson__course")
    courses = sorted({task.lesson.course.slug for task in tasks if task.lesson})
    lessons = [f"/courses/{lesson.course.slug}/{lesson.slug}/" for lesson in Lesson.objects.select_related("course")]
    return {
        "learners": _signed_in(LEARNER, learners),
        "readers": _signed_in(READER, readers),
        "pages": {
            "task": [f"/tasks/{task.slug}/" for task in tasks],
            "lesson": lessons,
            "course": [f"/courses/{slug}/" for slug in courses],
            "progress": ["/progress/"],
        },
    }


def _signed_in(prefix: str, count: int) -> list[dict[str, str]]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.auth.hashers import make_password
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    model = get_user_model()
    made = [model(username=f"{prefix}-{number}", password=make_password(None)) for number in range(count)]
    users = model.objects.bulk_create(made)
    expires = timezone.now() + timedelta(days=1)
    rows, found = [], []
    for user in users:
        session = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        key, csrf = secrets.token_hex(16), secrets.token_hex(16)
        rows.append(Session(session_key=key, session_data=SessionStore().encode(session), expire_date=expires))
        found.append({"name": user.username, "csrf": csrf, "cookie": f"sessionid={key}; csrftoken={csrf}"})
    Session.objects.bulk_create(rows, batch_size=500)
    return found


def tokens(count: int) -> list[str]:
    """Return a token for each of the first learners."""
    from django.contrib.auth import get_user_model

    from lms.accounts.services import token_create_for_operator

    users = get_user_model().objects.filter(username__startswith=LEARNER).order_by("pk")[:count]
    return [token_create_for_operator(user=user, scopes=[]) for user in users]


def crowd(count: int) -> int:
    """Store so many graded submissions of others."""
    from benchmarks.crowd import hand_in

    hand_in(count)
    return count


def forget_crowd() -> int:
    """Take them away again."""
    from django.db import connection

    from benchmarks.crowd import forget

    gone = forget()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return gone


def backlog(count: int) -> int:
    """Hand in so many submissions, as the API does, in turn for each learner."""
    from django.contrib.auth import get_user_model

    from benchmarks.system.answers import sources
    from courses.models import Task
    from grader.services import submit

    users = list(get_user_model().objects.filter(username__startswith=LEARNER))
    source = next(each for each in sources([BACKLOG_TASK]) if each.sort == "numpy, right")
    task = Task.objects.get(slug=BACKLOG_TASK)
    for number in range(count):
        submit(user=users[number % len(users)], task=task, source=source.text, backend=source.backend)
    return count


def main(what: str, *numbers: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    django.setup()
    does: dict[str, Any] = {
        "people": people,
        "tokens": tokens,
        "crowd": crowd,
        "forget-crowd": forget_crowd,
        "backlog": backlog,
    }
    json.dump(does[what](*map(int, numbers)), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
