"""Submissions and their grading runs in the admin panel: to read, search and regrade; never to edit."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grader import health, services
from grader.models import GradingRun, Submission
from grader.monitoring.recent import overview

SUBMISSION_FIELDS = (
    "user",
    "task",
    "backend",
    "status",
    "queue",
    "verdict",
    "score",
    "created",
    "claimed_at",
    "attempts",
    "code",
)
RUN_FIELDS = ("verdict", "points", "checks", "misconceptions", "provenance", "queued", "claimed", "started", "finished")


class ReadOnly:
    def has_add_permission(self, *_args: Any, **_kwargs: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any, **_kwargs: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any, **_kwargs: Any) -> bool:
        return False


class GradingRunInline(ReadOnly, admin.StackedInline):  # type: ignore[type-arg]  # not generic at run time
    model = GradingRun
    fields = RUN_FIELDS
    readonly_fields = RUN_FIELDS
    ordering = ["-number"]
    extra = 0

    @admin.display(description="score")
    def points(self, run: GradingRun) -> str:
        return _points(run)

    @admin.display
    def checks(self, run: GradingRun) -> SafeString:
        lines = [
            f"{'passed' if check['passed'] else 'FAILED'}  {check['points']:g}/{check['max_points']:g}  {check['name']}"
            + (f": {check['feedback']}" if check["feedback"] else "")
            for check in run.result["checks"]
        ]
        return format_html("<pre>{}</pre>", "\n".join(lines) or run.result["detail"])

    @admin.display
    def misconceptions(self, run: GradingRun) -> str:
        return (
            "; ".join(f"{found['slug']}: {found['did']}" for found in run.result["misconceptions"]) or "none recognised"
        )

    @admin.display
    def provenance(self, run: GradingRun) -> SafeString:
        lines = [f"{key}: {value}" for key, value in run.result["provenance"].items()]
        return format_html("<pre>{}</pre>", "\n".join(lines))


@admin.register(Submission)
class SubmissionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    class Media:
        css = {"all": ["grader/admin.css"]}

    list_display = ["short_id", "user", "task", "backend", "status", "queue", "verdict", "score", "created"]
    list_filter = ["status", "queue", "latest_run__verdict", "backend", "task", "created"]
    list_select_related = ["user", "task", "latest_run"]
    search_fields = ["id", "user__username", "user__email", "task__slug", "task__title", "source"]
    date_hierarchy = "created"
    fields = SUBMISSION_FIELDS
    readonly_fields = SUBMISSION_FIELDS
    inlines = [GradingRunInline]
    actions = ["regrade"]
    change_list_template = "grader/admin_submissions.html"

    def get_urls(self) -> list[URLPattern]:
        sandbox = path("sandbox/", self.admin_site.admin_view(self.sandbox_view), name="grader_sandbox")
        queue = path("queue/", self.admin_site.admin_view(self.queue_view), name="grader_queue")
        return [sandbox, queue, *super().get_urls()]

    def sandbox_view(self, request: HttpRequest) -> TemplateResponse:
        """Show which layers of the jail hold on each worker, and the command that mends those that do not."""
        context = self.admin_site.each_context(request) | {"title": "Sandbox", "workers": health.workers()}
        return TemplateResponse(request, "grader/admin_sandbox.html", context)

    def queue_view(self, request: HttpRequest) -> TemplateResponse:
        """Show what waits and what the workers do; with ?part=numbers without the page around it."""
        context = self.admin_site.each_context(request) | {"title": "Queue and workers", **overview()}
        part = "admin_queue_numbers" if request.GET.get("part") == "numbers" else "admin_queue"
        return TemplateResponse(request, f"grader/{part}.html", context)

    @admin.display(description="id", ordering="id")
    def short_id(self, submission: Submission) -> str:
        return str(submission.pk)[:8]

    @admin.display(ordering="latest_run__verdict")
    def verdict(self, submission: Submission) -> str:
        return submission.latest_run.get_verdict_display() if submission.latest_run else ""

    @admin.display(ordering="latest_run__score")
    def score(self, submission: Submission) -> str:
        return _points(submission.latest_run) if submission.latest_run else ""

    @admin.display
    def code(self, submission: Submission) -> SafeString:
        return format_html("<pre>{}</pre>", submission.source)

    def has_regrade_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("grader.regrade_submission")

    @admin.action(description="Regrade selected submissions", permissions=["regrade"])
    def regrade(self, request: HttpRequest, submissions: QuerySet[Submission]) -> None:
        chosen = submissions.count()
        queued = services.regrade_all(submissions)
        skipped = chosen - queued
        note = f"; {skipped} are not graded yet and were left alone" if skipped else ""
        self.message_user(request, f"{queued} submissions are queued again{note}.", messages.SUCCESS)


def _points(run: GradingRun) -> str:
    return f"{run.score:g}/{run.max_score:g}"
