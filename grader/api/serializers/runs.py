"""Free runs."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from grader import runs, selectors
from grader.api.fields import Text
from grader.api.serializers.submissions import STATUSES, SubmissionRequestSerializer
from grader.models import Backend


class RunRequestSerializer(SubmissionRequestSerializer):
    """A source to try: on the shown cases of the task, or on inputs of one's own."""

    inputs = serializers.DictField(
        child=Text(trim_whitespace=False, allow_blank=True),
        required=False,
        allow_null=True,
        help_text="Each input by name, as a Python literal such as [[1.0, 2.0]]. Left out: the shown cases are run.",
    )


class RunCreatedSerializer(serializers.Serializer[runs.Run]):
    id = serializers.UUIDField()
    url = serializers.SerializerMethodField()
    status = serializers.SerializerMethodField()
    events = serializers.SerializerMethodField(help_text="A stream of server-sent events until the result is there.")

    @extend_schema_field(serializers.URLField())
    def get_url(self, run: runs.Run) -> str:
        return reverse("grader:api-run", [run.id], request=self.context["request"])

    @extend_schema_field(serializers.URLField())
    def get_events(self, run: runs.Run) -> str:
        return f"{self.get_url(run)}events/"

    @extend_schema_field(serializers.ChoiceField(STATUSES))
    def get_status(self, run: runs.Run) -> str:
        return str(selectors.run_state(run)["status"])


class RunSerializer(RunCreatedSerializer):
    """A run as it stands. It is kept for ten minutes."""

    task = serializers.SlugField(source="task_slug")
    backend = serializers.ChoiceField(Backend.choices)
    reason = serializers.SerializerMethodField(help_text="Why it is paused; empty otherwise.")
    result = serializers.DictField(
        allow_null=True,
        help_text="Null until it is graded. Of the shown cases: a verdict as in a grading run, `samples` for each "
        "case. Of inputs of one's own: `code` is returned or how it ended, with inputs, outputs, error and prints.",
    )

    def get_reason(self, run: runs.Run) -> str:
        return str(selectors.run_state(run).get("reason", ""))
