from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.accounts.models import User
from lms.accounts.second_factor import second_factor_reset


class Command(BaseCommand):
    help = "Take the second factor from an account whose phone is lost, and sign it out everywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user “{username}”. Nothing was changed.")
        ended = second_factor_reset(user)
        self.stdout.write(
            f"“{username}” has no second factor any more; {ended} sessions ended. The password alone signs in now: "
            "make sure that the right person asked for this, and have them set one up again."
        )
