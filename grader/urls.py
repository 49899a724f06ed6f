from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from grader import pages, probes, streams
from grader.api import views
from grader.problems import no_such_address

app_name = "grader"

docs = SpectacularSwaggerSplitView.as_view(url_name="grader:api-schema", template_name="grader/api_docs.html")
api = [
    path("v1/tasks/", views.TasksView.as_view(), name="api-tasks"),
    path("v1/tasks/<slug:slug>/", views.TaskView.as_view(), name="api-task"),
    path("v1/submissions/", views.SubmissionsView.as_view(), name="api-submissions"),
    path("v1/submissions/<uuid:pk>/", views.SubmissionView.as_view(), name="api-submission"),
    path("v1/submissions/<uuid:pk>/events/", streams.SubmissionEvents.as_view(), name="api-submission-events"),
    path("v1/runs/<uuid:pk>/events/", streams.RunEvents.as_view(), name="api-run-events"),
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
    path(
        "events/submissions/<uuid:pk>/", streams.SubmissionEvents.as_view(**streams.FOR_PAGES), name="submission_events"
    ),
    path("events/runs/<uuid:pk>/", streams.RunEvents.as_view(**streams.FOR_PAGES), name="run_events"),
    path("watches/<uuid:watch_id>/state/", pages.WatchStateView.as_view(), name="watch_state"),
    path("events/watches/<uuid:pk>/", streams.WatchEvents.as_view(**streams.FOR_PAGES), name="watch_events"),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
]
