from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from grader import pages, probes, streams
from grader.api import views
from grader.problems import no_such_address

app_name = "grader"

docs = SpectacularSwaggerSplitView.as_view(url_name="grader:api-schema", template_name="grader/api_docs.html")
api: list[URLPattern | URLResolver] = [
    path("v1/tasks/", views.TasksView.as_view(), name="api-tasks"),
    path("v1/tasks/<slug:slug>/", views.TaskView.as_view(), name="api-task"),
    path("v1/submissions/", views.SubmissionsView.as_view(), name="api-submissions"),
    path("v1/submissions/<uuid:pk>/", views.SubmissionView.as_view(), name="api-submission"),
    path("v1/webhooks/", include("grader.webhooks.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", docs, name="api-docs"),
    re_path("", no_such_address),
]

urlpatterns = [
    path("api/", include(api)),
    path("tasks/<slug:slug>/submit/", pages.SubmitView.as_view(), name="submit"),
    path("tasks/<slug:slug>/run/", pages.RunView.as_view(), name="run"),
    path("tasks/<slug:slug>/watch/start/", pages.WatchStartView.as_view(), name="watch_start"),
    path("submissions/<uuid:submission_id>/state/", pages.SubmissionStateView.as_view(), name="submission_state"),
    path("runs/<uuid:run_id>/state/", pages.RunStateView.as_view(), name="run_state"),
    path("events/submissions/<uuid:submission_id>/", streams.submission_events, name="submission_events"),
    path("events/runs/<uuid:run_id>/", streams.run_events, name="run_events"),
    path("watches/<uuid:watch_id>/state/", pages.WatchStateView.as_view(), name="watch_state"),
    path("events/watches/<uuid:watch_id>/", streams.watch_events, name="watch_events"),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
]
