"""Submissions and their grading runs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from courses.selectors import task_list
from grader import selectors
from grader.api.fields import Sent, Text
from grader.models import Backend, GradingRun, Submission, Verdict
from grader.services import EMPTY

STATUSES = ["queued", "paused", "running", "graded"]


class SubmissionRequestSerializer(Sent):
    """A source for a task."""

    task = serializers.SlugRelatedField(
        slug_field="slug",
        queryset=task_list().select_related(None),
        error_messages={"does_not_exist": "There is no task “{value}”. /api/v1/tasks/ lists them."},
    )
    source = Text(  # type: ignore[assignment]  # the field is called source, too
        trim_whitespace=False,
        help_text="Python source that defines the task's entry.",
        error_messages={"blank": EMPTY},
    )
    backend = serializers.ChoiceField(
        Backend.choices,
        error_messages={"invalid_choice": "“{input}” is not a backend. There are: " + ", ".join(Backend.values) + "."},
    )


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    """A submission as it stands. `verdict` and `score` are null until it is graded for the first time."""

    url = serializers.HyperlinkedIdentityField("grader:api-submission")
    task = serializers.SlugField(source="task.slug")
    status = serializers.SerializerMethodField()
    verdict = serializers.ChoiceField(Verdict.choices, source="latest_run.verdict", default=None, allow_null=True)
    score = serializers.FloatField(source="latest_run.score", default=None, allow_null=True)
    max_score = serializers.FloatField(source="latest_run.max_score", default=None, allow_null=True)

    class Meta:
        model = Submission
        fields = ["id", "url", "task", "backend", "status", "verdict", "score", "max_score", "created"]

    @extend_schema_field(serializers.ChoiceField(STATUSES))
    def get_status(self, submission: Submission) -> str:
        return selectors.submission_status(submission)


class SubmissionCreatedSerializer(SubmissionSerializer):
    class Meta(SubmissionSerializer.Meta):
        fields = ["id", "url", "status"]


class CheckSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    kind = serializers.CharField()
    passed = serializers.BooleanField()
    points = serializers.FloatField()
    max_points = serializers.FloatField()
    category = serializers.CharField(help_text="The first comparison that failed; empty if the check passed.")
    feedback = serializers.CharField()


class PhasesSerializer(serializers.Serializer[Any]):
    """When what happened; null where it has not yet."""

    created = serializers.DateTimeField()
    queued = serializers.DateTimeField(allow_null=True)
    claimed = serializers.DateTimeField(allow_null=True)
    started = serializers.DateTimeField(allow_null=True)
    finished = serializers.DateTimeField(allow_null=True)


class GradingRunSerializer(serializers.ModelSerializer[GradingRun]):
    """One verdict. Grading runs never change: a regrade adds one."""

    class Meta:
        model = GradingRun
        fields = ["number", "verdict", "score", "max_score", "task_version", "finished"]


class GradingRunLinkSerializer(GradingRunSerializer):
    url = serializers.SerializerMethodField()

    class Meta(GradingRunSerializer.Meta):
        fields = ["number", "url", *GradingRunSerializer.Meta.fields[1:], "queued", "claimed", "started"]

    @extend_schema_field(serializers.URLField())
    def get_url(self, run: GradingRun) -> str:
        return reverse("grader:api-submission-run", [run.submission_id, run.number], request=self.context["request"])


class MisconceptionSerializer(serializers.Serializer[Any]):
    """A known mistake that gives exactly these outputs."""

    slug = serializers.CharField()
    did = serializers.CharField(help_text="What was done.")
    question = serializers.CharField(help_text="The question that leads on.")


class GradingRunDetailSerializer(GradingRunLinkSerializer):
    """A verdict with all its feedback."""

    checks = CheckSerializer(source="result.checks", many=True, default=list)
    misconceptions = MisconceptionSerializer(source="result.misconceptions", many=True, default=list)
    failing_case = serializers.DictField(
        source="result.failing_case", default=None, allow_null=True, help_text="The smallest case that failed."
    )
    samples = serializers.ListField(
        source="result.samples", default=list, child=serializers.DictField(), help_text="How the shown cases went."
    )
    error = serializers.DictField(
        source="result.error", default=None, allow_null=True, help_text="What the code raised: type, message, trace."
    )
    detail = serializers.CharField(source="result.detail", default="", help_text="What happened, in a sentence.")
    prints = serializers.CharField(source="result.prints", default="", help_text="What the code printed.")
    provenance = serializers.DictField(
        source="result.provenance", default=dict, help_text="Seeds and versions: what the verdict depends on."
    )
    resources = serializers.DictField(source="result.resources", default=dict, help_text="What the code used.")

    class Meta(GradingRunLinkSerializer.Meta):
        fields = [
            *GradingRunLinkSerializer.Meta.fields, "checks", "misconceptions", "failing_case", "samples", "error",
            "detail", "prints", "provenance", "resources",
        ]  # fmt: skip


class SubmissionDetailSerializer(SubmissionSerializer):
    """A submission with everything known about its latest grading run."""

    reason = serializers.SerializerMethodField(help_text="Why it is paused; empty otherwise.")
    queue_position = serializers.SerializerMethodField(help_text="How many submissions are before it in the queue.")
    estimate_s = serializers.SerializerMethodField(help_text="A guess at the seconds until the verdict.")
    checks = CheckSerializer(source="latest_run.result.checks", many=True, default=list)
    misconceptions = serializers.SerializerMethodField(help_text="Slugs of the misconceptions that were recognised.")
    failing_case = serializers.DictField(source="latest_run.result.failing_case", default=None, allow_null=True)
    error = serializers.DictField(source="latest_run.result.error", default=None, allow_null=True)
    detail = serializers.CharField(source="latest_run.result.detail", default="")
    prints = serializers.CharField(source="latest_run.result.prints", default="")
    provenance = serializers.DictField(source="latest_run.result.provenance", default=dict)
    resources = serializers.DictField(source="latest_run.result.resources", default=dict)
    phases = serializers.SerializerMethodField()
    runs = GradingRunSerializer(many=True, help_text="Every grading run, the latest first: a regrade adds one.")

    class Meta(SubmissionSerializer.Meta):
        fields = [
            *SubmissionSerializer.Meta.fields, "source", "reason", "queue_position", "estimate_s", "checks",
            "misconceptions", "failing_case", "error", "detail", "prints", "provenance", "resources", "phases", "runs",
        ]  # fmt: skip

    def to_representation(self, submission: Submission) -> dict[str, Any]:
        self._state = selectors.submission_state(submission)  # once: it counts the queue
        return super().to_representation(submission)

    def get_status(self, _submission: Submission) -> str:
        return str(self._state["status"])

    def get_reason(self, _submission: Submission) -> str:
        return str(self._state.get("reason", ""))

    def get_queue_position(self, _submission: Submission) -> int | None:
        return self._state.get("queue_position")

    def get_estimate_s(self, _submission: Submission) -> float | None:
        return self._state.get("estimate_s")

    def get_misconceptions(self, submission: Submission) -> list[str]:
        run = submission.latest_run
        return [found["slug"] for found in run.result["misconceptions"]] if run else []

    @extend_schema_field(PhasesSerializer)
    def get_phases(self, submission: Submission) -> dict[str, Any]:
        return PhasesSerializer(selectors.submission_phases(submission)).data
