"""Where every address leads."""

from django.contrib import admin
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from lms.accounts.views import device
from lms.metrics import metrics
from lms.progress.api import ProgressView

admin.autodiscover()
handler429 = "lms.accounts.views.too_many_requests"
handler500 = "lms.outages.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("lms.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("device/", device, name="device"),
    path("api/v1/", include("lms.accounts.api.urls")),
    # For pages that are not ours and name no icon: the admin panel, a JSON answer.
    path("favicon.ico", lambda _request: redirect(static("web/favicon.svg"))),
    path("api/v1/progress/", ProgressView.as_view(), name="api-progress"),
    path("metrics", metrics, name="metrics"),
    path("", include("grader.urls")),
    path("", include("lms.drafts.urls")),
    path("", include("lms.progress.urls")),
    path("", include("lms.search.urls")),
    path("", include("lms.web.urls")),
]
