from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.progress.certificates import CertificateFileError, content_of_file, signer_of
from lms.progress.models import CourseCertificate


class Command(BaseCommand):
    help = "Tell whether this server has issued the course certificate in a file, and what it certifies."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what was downloaded from the certificate's page (.json)")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            content, signature = content_of_file(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, CertificateFileError) as error:
            raise CommandError(f"{file}: {error}") from None
        if signer_of(content, signature) is None:
            raise CommandError(
                f"{file}: not valid. The signature is not one of this server's, or the content was changed."
            )
        course, tasks = content["course"]["title"], content["tasks"]
        self.stdout.write(f"Valid: issued by this server to {content['name']} on {content['issued'][:10]}.")
        self.stdout.write(f"{course}, {len(tasks)} task{'' if len(tasks) == 1 else 's'}:")
        for task in tasks:
            self.stdout.write(f"  {task['passed']}  {task['title']} ({task['slug']}, version {task['version'][:8]})")
        self.stdout.write(_page_of(content["id"]))


def _page_of(certificate_id: str) -> str:
    found = CourseCertificate.objects.filter(pk=certificate_id).first()
    if found is None:
        return "Its page is gone: its owner has deleted the account."
    return "Its owner has withdrawn its page." if found.withdrawn else f"Its page: {found.get_absolute_url()}"
