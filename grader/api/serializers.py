"""What the API takes and gives. `schema.py` says how errors look."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from courses.models import Task
from courses.selectors import task_list
from grader import selectors
from grader.models import Backend, GradingRun, Submission, Verdict

STATUSES = ["queued", "paused", "running", "graded"]


class TaskSerializer(serializers.ModelSerializer[Task]):
    url = serializers.HyperlinkedIdentityField("grader:api-task", lookup_field="slug")
    course = serializers.SlugField(source="lesson.course.slug", default=None)
    lesson = serializers.SlugField(source="lesson.slug", default=None)
    backends = serializers.ListField(child=serializers.ChoiceField(Backend.choices))
    concepts = serializers.ListField(child=serializers.CharField())
    prerequisites = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Task
        fields = [
            "slug", "url", "title", "course", "lesson", "difficulty", "backends", "concepts", "prerequisites",
            "max_score", "version",
        ]  # fmt: skip


class CheckSpecSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    kind = serializers.CharField()
    points = serializers.FloatField()


class TaskDetailSerializer(TaskSerializer):
    entry = serializers.CharField(source="load.entry", help_text="What the submission must define.")
    statement = serializers.SerializerMethodField(help_text="Markdown with TeX between dollar signs.")
    starter = serializers.SerializerMethodField()
    checks = CheckSpecSerializer(source="load.checks", many=True)

    class Meta(TaskSerializer.Meta):
        fields = [*TaskSerializer.Meta.fields, "entry", "statement", "starter", "checks"]

    def get_statement(self, task: Task) -> str:
        return (task.folder / "statement.md").read_text()

    def get_starter(self, task: Task) -> str:
        return (task.folder / "starter.py").read_text()


class SubmissionRequestSerializer(serializers.Serializer[Any]):
    """A source for a task."""

    task = serializers.SlugRelatedField(
        slug_field="slug",
        queryset=task_list().select_related(None),
        error_messages={"does_not_exist": "There is no task “{value}”. /api/v1/tasks/ lists them."},
    )
    source = serializers.CharField(  # type: ignore[assignment]  # the field is called source, too
        trim_whitespace=False, allow_blank=True, help_text="Python source that defines the task's entry."
    )
    backend = serializers.ChoiceField(Backend.choices)


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
    class Meta:
        model = GradingRun
        fields = ["number", "verdict", "score", "max_score", "task_version", "finished"]


class SubmissionDetailSerializer(SubmissionSerializer):
    """A submission with everything known about its latest grading run."""

    reason = serializers.SerializerMethodField(help_text="Why it is paused; empty otherwise.")
    queue_position = serializers.SerializerMethodField(help_text="How many submissions are before it in the queue.")
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
            *SubmissionSerializer.Meta.fields, "source", "reason", "queue_position", "checks", "misconceptions",
            "failing_case", "error", "detail", "prints", "provenance", "resources", "phases", "runs",
        ]  # fmt: skip

    def get_reason(self, submission: Submission) -> str:
        return str(selectors.submission_state(submission).get("reason", ""))

    def get_queue_position(self, submission: Submission) -> int | None:
        return selectors.submission_state(submission).get("queue_position")

    def get_misconceptions(self, submission: Submission) -> list[str]:
        run = submission.latest_run
        return [found["slug"] for found in run.result["misconceptions"]] if run else []

    @extend_schema_field(PhasesSerializer)
    def get_phases(self, submission: Submission) -> dict[str, Any]:
        return PhasesSerializer(selectors.submission_phases(submission)).data
