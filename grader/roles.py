"""The group of instructors: they see courses and submissions in the admin panel and may regrade submissions."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

INSTRUCTORS = "instructors"
READABLE = {"courses": ("course", "lesson", "task"), "grader": ("submission", "gradingrun")}


def ensure_instructors(sender: AppConfig, using: str, **_signal: Any) -> None:
    """Give the group its permissions after each migrate; the permissions of new models are made on the way."""
    if sender.label not in READABLE:
        return
    create_permissions(apps.get_app_config(sender.label), using=using, verbosity=0)
    codenames = [f"view_{model}" for model in READABLE[sender.label]]
    if sender.label == "grader":
        codenames.append("regrade_submission")
    granted = Permission.objects.using(using).filter(content_type__app_label=sender.label, codename__in=codenames)
    group, _ = Group.objects.using(using).get_or_create(name=INSTRUCTORS)
    group.permissions.add(*granted)
