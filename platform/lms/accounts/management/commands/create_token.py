from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from grader.api.scopes import Scope
from lms.accounts import services
from lms.accounts.models import User


class Command(BaseCommand):
    help = "Make an API token for a user and print it, and nothing else. It is stored as a hash: it is shown only now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--scope",
            dest="scopes",
            action="append",
            default=[],
            choices=Scope.values,
            help="what it may be used for; more than once for more than one; default: everything",
        )

    def handle(self, *_args: Any, username: str, scopes: list[str], **_options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user “{username}”. Sign up on the site, or run manage.py createsuperuser")
        self.stdout.write(services.token_create_for_operator(user=user, scopes=scopes))
