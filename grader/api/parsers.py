"""Reading JSON bodies without reading more than could be a submission."""

import io
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import JSONParser

from grader.problems import PayloadTooLarge

JSON_BYTES_PER_BYTE = 6  # \u0000


class BoundedJSONParser(JSONParser):
    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        limit = settings.SUBMISSION_MAX_BYTES * JSON_BYTES_PER_BYTE + 4096
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise PayloadTooLarge(
                f"The request body is larger than {limit:,} bytes. "
                f"A source may have at most {settings.SUBMISSION_MAX_BYTES:,}."
            )
        return super().parse(io.BytesIO(body), media_type, parser_context)
