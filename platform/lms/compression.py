"""What leaves the server leaves it small."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PageCompression(GZipMiddleware):
    """Gzip for pages and JSON. An event stream goes as it is: compressed, its events would wait for one another."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        return response if response.streaming else super().process_response(request, response)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Static files under names that carry their content's hash, so that browsers never ask twice, and compressed."""

    support_js_module_import_aggregation = True  # modules import one another by these names too
