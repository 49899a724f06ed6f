from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from grader import pages, probes, streams
from grader.api.views import catalogue, runs, staff, submissions
from grader.problems import no_such_address

app_name = "grader"

docs = SpectacularSwaggerSplitView.as_view(url_name="grader:api-schema", template_name="grader/api_docs.html")
api: list[URLPattern | URLResolver] = [
    path("v1/courses/", catalogue.CoursesView.as_view(), name="api-courses"),
    path("v1/courses/<slug:slug>/", catalogue.CourseView.as_view(), name="api-course"),
    path("v1/courses/<slug:course>/lessons/<slug:lesson>/", catalogue.LessonView.as_view(), name="api-lesson"),
    path("v1/lessons/", catalogue.LessonsView.as_view(), name="api-lessons"),
    path("v1/tasks/", catalogue.TasksView.as_view(), name="api-tasks"),
    path("v1/tasks/<slug:slug>/", catalogue.TaskView.as_view(), name="api-task"),
    path("v1/runs/", runs.RunsView.as_view(), name="api-runs"),
    path("v1/runs/<uuid:pk>/", runs.RunView.as_view(), name="api-run"),
    path("v1/runs/<uuid:pk>/events/", streams.RunEvents.as_view(), name="api-run-events"),
    path("v1/submissions/", submissions.SubmissionsView.as_view(), name="api-submissions"),
    path("v1/submissions/<uuid:pk>/", submissions.SubmissionView.as_view(), name="api-submission"),
    path("v1/submissions/<uuid:pk>/events/", streams.SubmissionEvents.as_view(), name="api-submission-events"),
    path("v1/submissions/<uuid:pk>/source/", submissions.SubmissionSourceView.as_view(), name="api-submission-source"),
    path("v1/submissions/<uuid:pk>/runs/", submissions.SubmissionRunsView.as_view(), name="api-submission-runs"),
    path(
        "v1/submissions/<uuid:pk>/runs/<int:number>/",
        submissions.SubmissionRunView.as_view(),
        name="api-submission-run",
    ),
    path("v1/staff/submissions/", staff.StaffSubmissionsView.as_view(), name="api-staff-submissions"),
    path("v1/staff/submissions/<uuid:pk>/", staff.StaffSubmissionView.as_view(), name="api-staff-submission"),
    path("v1/staff/submissions/<uuid:pk>/regrade/", staff.StaffRegradeView.as_view(), name="api-staff-regrade"),
    path("v1/staff/certification/", staff.CertificationView.as_view(), name="api-staff-certification"),
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
    path(
        "events/submissions/<uuid:pk>/", streams.SubmissionEvents.as_view(**streams.FOR_PAGES), name="submission_events"
    ),
    path("events/runs/<uuid:pk>/", streams.RunEvents.as_view(**streams.FOR_PAGES), name="run_events"),
    path("watches/<uuid:watch_id>/state/", pages.WatchStateView.as_view(), name="watch_state"),
    path("events/watches/<uuid:pk>/", streams.WatchEvents.as_view(**streams.FOR_PAGES), name="watch_events"),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
]
