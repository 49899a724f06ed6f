"""The two accounts that a first start makes, with random passwords kept in the data folder."""

import secrets
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from grader.roles import INSTRUCTORS

FILE_NAME = "demo-accounts.txt"
USERNAMES = ("learner", "instructor")
LEGIBLE = "abcdefghijkmnpqrstuvwxyz23456789"  # nothing that is mistaken for something else when typed from a terminal


def demo_accounts_ensure(folder: Path) -> dict[str, str]:
    """Make the accounts that are missing; return what to print as the password of each."""
    file = folder / FILE_NAME
    kept = dict(line.split(" ", 1) for line in file.read_text().splitlines()) if file.exists() else {}
    users = get_user_model().objects.in_bulk(USERNAMES, field_name="username")
    for username in USERNAMES:
        if username not in users:
            kept[username] = "".join(secrets.choice(LEGIBLE) for _ in range(12))
            _account_create(username, kept[username])
    file.touch(mode=0o600)
    file.write_text("".join(f"{username} {password}\n" for username, password in kept.items()))
    return {
        username: kept[username]
        if username not in users or users[username].check_password(kept.get(username, ""))
        else "(changed since; a new one: manage.py changepassword)"
        for username in USERNAMES
    }


def _account_create(username: str, password: str) -> None:
    user = get_user_model().objects.create_user(username, password=password)
    if username == "instructor":
        user.is_staff = True
        user.save(update_fields=["is_staff"])
        user.groups.add(Group.objects.get(name=INSTRUCTORS))
