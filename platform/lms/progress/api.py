"""How far one is, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from grader.api.resources import OneResource
from grader.learner import learner_of
from grader.models import Verdict
from lms.progress import selectors
from lms.progress.models import LessonRead
from lms.progress.standing import State

STATES = [(state.value, state.name) for state in State]
MEANING = "done, begun, next (all that it builds on is done) or later."


class TaskProgressSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    state = serializers.ChoiceField(STATES, help_text=MEANING)
    verdict = serializers.ChoiceField(Verdict.choices, allow_null=True, help_text="The best one so far.")


class LessonProgressSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    state = serializers.ChoiceField(STATES, help_text=MEANING)
    tasks = TaskProgressSerializer(many=True)


class CourseProgressSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    title = serializers.CharField()
    done = serializers.IntegerField(help_text="How many of its tasks were accepted.")
    total = serializers.IntegerField(help_text="How many tasks it has.")
    lessons = LessonProgressSerializer(many=True)


class ProgressSerializer(serializers.Serializer[Any]):
    courses = CourseProgressSerializer(many=True)
    continue_with = serializers.SerializerMethodField(
        help_text="The task to go on with. Null for who has not begun, and for who has done everything."
    )

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_continue_with(self, progress: selectors.Overview) -> str | None:
        if progress.continue_with is None:
            return None
        return reverse("grader:api-task", [progress.continue_with.slug], request=self.context["request"])


@extend_schema(
    summary="Read how far you are",
    description="Each course with its lessons and tasks. What was accepted once stays done.",
)
class ProgressView(OneResource[LessonRead]):
    scopes = {"GET": "read"}
    serializer_class = ProgressSerializer
    queryset = LessonRead.objects.none()

    def get_object(self) -> Any:
        return selectors.overview(learner_of(self.request))
