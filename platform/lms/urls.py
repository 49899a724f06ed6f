"""Where every address leads."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from lms.accounts.views import device
from lms.progress.api import ProgressView

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # one sign-in page, with its rate limit and MFA
admin.site.site_header = admin.site.site_title = "Baremath"
admin.site.index_title = "Instructor's panel"

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
    path("", include("grader.urls")),
    path("", include("lms.drafts.urls")),
    path("", include("lms.progress.urls")),
    path("", include("lms.search.urls")),
    path("", include("lms.web.urls")),
]
