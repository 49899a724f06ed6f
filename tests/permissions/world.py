"""One of everything, all of it the owner's, and a way in for each role."""

import hashlib
import time
import uuid
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from courses.catalogue import sync
from courses.models import Lesson, Task
from grader import grading, runs, watches
from grader.models import Submission
from grader.webhooks.models import Webhook
from grader.webhooks.services import queue_ping
from lms.accounts.models import DeviceSignIn, User
from lms.accounts.services import token_create
from lms.drafts.services import draft_save
from lms.progress.models import CourseCertificate
from tests.grader.conftest import accepted, claim
from tests.permissions.roles import INSTRUCTOR, OTHER, OWNER, PROMETHEUS, STAFF, SUPERUSER, SWITCHED_OFF, TOKENS

MARK = "ownersmark"  # in all that only the owner may read
PASSWORD = "correct horse battery"
USER_CODE = "BCDFGHJK"
METRICS_TOKEN = "the key of Prometheus"
SLUG = "perceptron-train"  # can be watched


class World:
    def __init__(self):
        assert sync().problems == []
        self.users = self._people()
        self.sessions = {role: self._session(user) for role, user in self.users.items() if user.is_active}
        self.sessions[SWITCHED_OFF] = self._session_of_switched_off()
        self.keys = {PROMETHEUS: f"Bearer {METRICS_TOKEN}"}
        for role, (owner, scopes) in TOKENS.items():
            _, token = token_create(user=self.users[owner], name=role[:60], days=None, scopes=scopes)
            self.keys[role] = f"Token {token}"
        self.objects = self._objects(self.users[OWNER])

    def _people(self):
        create = User.objects.create_user
        people = {
            OWNER: create("ada", f"{MARK}@example.org", PASSWORD),
            OTHER: create("emmy", "emmy@example.org", PASSWORD),
            INSTRUCTOR: create("grace", "grace@example.org", PASSWORD, is_staff=True),
            STAFF: create("karen", "karen@example.org", PASSWORD, is_staff=True),
            SUPERUSER: User.objects.create_superuser("mary", "mary@example.org", PASSWORD),
            SWITCHED_OFF: create("sofia", "sofia@example.org", PASSWORD),
        }
        for user in people.values():
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        people[INSTRUCTOR].groups.add(Group.objects.get(name="instructors"))
        return people

    def _session(self, user, *, typed_lately=True):
        """Return the key of a session in which the password was typed just now."""
        client = Client()
        client.force_login(user)
        session = client.session
        if typed_lately:
            record = {"method": "password", "at": time.time(), "reauthenticated": True}
            session["account_authentication_methods"] = [record]
            session["account_authentication_methods_user"] = str(user.pk)
            session.save()
        return session.session_key

    def stale_session(self, role):
        return self._session(self.users[role], typed_lately=False)

    def _session_of_switched_off(self):
        """The session was there first."""
        user = self.users[SWITCHED_OFF]
        key = self._session(user)
        User.objects.filter(pk=user.pk).update(is_active=False)
        return key

    def _objects(self, owner):
        task, lesson = Task.objects.get(slug=SLUG), Lesson.objects.get(slug="perceptron")
        course = lesson.course
        source = f"def {MARK}(): ...\n"
        submission = Submission.objects.create(user=owner, task=task, source=source, backend=task.backends[0])
        grading.store_verdict(claim(submission), accepted(), started=timezone.now())
        run = runs.Run(str(uuid.uuid4()), owner.pk, SLUG, source, task.backends[0])
        assert runs.save_new(run)
        watch = watches.Watch(str(uuid.uuid4()), owner.pk, SLUG, str(submission.pk))
        assert watches.begin(watch)
        webhook = Webhook.objects.create(user=owner, url=f"https://{MARK}.example.org/", origin="http://testserver")
        delivery = queue_ping(webhook)
        certificate = CourseCertificate.objects.create(
            user=owner, course_slug=course.slug, course_title=course.title, name="Ada", tasks=[], signature="x"
        )
        draft_save(user=owner, task=task, backend=task.backends[0], source=source, base=0)
        token, _ = token_create(user=owner, name=MARK, days=None)
        address = EmailAddress.objects.get(user=owner)
        _ask_for_device()
        self.task, self.submission = task, submission
        ids = {
            "submission": submission.pk,
            "run": run.id,
            "watch": watch.id,
            "certificate": certificate.pk,
            "course": course.slug,
            "lesson": lesson.slug,
            "grader/submission": submission.pk,
            "webhooks/delivery": delivery.pk,
            "courses/course": course.pk,
            "courses/lesson": lesson.pk,
            "courses/task": task.pk,
            "auth/group": Group.objects.get().pk,
            "account/emailaddress": address.pk,
            "accounts/user": owner.pk,
            "content type": ContentType.objects.get_for_model(CourseCertificate).pk,
        }
        # By the name of a parameter of an address, where that says what it is.
        named = {
            "slug": SLUG,
            "backend": task.backends[0],
            "course_slug": course.slug,
            "lesson_slug": lesson.slug,
            "course": course.slug,
            "lesson": lesson.slug,
            "number": "1",
            "submission_id": submission.pk,
            "old_id": submission.pk,
            "new_id": submission.pk,
            "run_id": run.id,
            "watch_id": watch.id,
            "webhook_id": webhook.pk,
            "delivery_id": delivery.pk,
            "certificate_id": certificate.pk,
            "key": token.token_key,
            "app_label": "grader",
            "url": "nothing/",
        }
        return {name: str(value) for name, value in {**ids, **named}.items()}


def _ask_for_device():
    DeviceSignIn.objects.create(
        digest=hashlib.sha256(b"device code").hexdigest(),
        user_code=USER_CODE,
        client_name="a program",
        scopes=["read"],
        address="127.0.0.1",
        expires=timezone.now() + timedelta(minutes=10),
        interval=5,
    )
