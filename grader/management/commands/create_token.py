from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from knox.models import AuthToken


class Command(BaseCommand):
    help = "Make an API token for a user and print it, and nothing else. It is stored as a hash: it is shown only now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        users = get_user_model().objects
        user = users.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user “{username}”. Sign up on the site, or run manage.py createsuperuser")
        _, token = AuthToken.objects.create(user)
        self.stdout.write(token)
