"""Courses, lessons and tasks."""

import uuid
from functools import cached_property
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from courses.catalogue import lesson_parts
from courses.models import Course, Lesson, Task
from grader import selectors
from grader.api.values import FORM, json_value
from grader.models import Backend


class LessonLinkSerializer(serializers.ModelSerializer[Lesson]):
    url = serializers.SerializerMethodField()
    tasks = serializers.SerializerMethodField(help_text="Slugs, in the order in which they are taught.")

    class Meta:
        model = Lesson
        fields = ["slug", "url", "title", "tasks"]

    @extend_schema_field(serializers.URLField())
    def get_url(self, lesson: Lesson) -> str:
        return reverse("grader:api-lesson", [lesson.course.slug, lesson.slug], request=self.context["request"])

    def get_tasks(self, lesson: Lesson) -> list[str]:
        return [task.slug for task in lesson.tasks.all()]


class CourseSerializer(serializers.ModelSerializer[Course]):
    url = serializers.HyperlinkedIdentityField("grader:api-course", lookup_field="slug")
    lessons = LessonLinkSerializer(many=True)

    class Meta:
        model = Course
        fields = ["slug", "url", "title", "summary", "lessons"]


class LessonSerializer(LessonLinkSerializer):
    course = serializers.SlugField(source="course.slug")
    builds_on = serializers.ListField(
        source="prerequisites", child=serializers.CharField(), help_text="Lessons, each as course/lesson."
    )

    class Meta(LessonLinkSerializer.Meta):
        fields = ["slug", "url", "title", "summary", "course", "tasks", "builds_on"]


class LessonDetailSerializer(LessonSerializer):
    markdown = serializers.SerializerMethodField(help_text="The text, with TeX between dollar signs.")

    class Meta(LessonSerializer.Meta):
        fields = [*LessonSerializer.Meta.fields, "markdown"]

    def get_markdown(self, lesson: Lesson) -> str:
        _, text = lesson_parts(lesson.folder)
        return text


class TaskSerializer(serializers.ModelSerializer[Task]):
    url = serializers.HyperlinkedIdentityField("grader:api-task", lookup_field="slug")
    course = serializers.SlugField(source="lesson.course.slug", default=None, allow_null=True)
    lesson = serializers.SlugField(source="lesson.slug", default=None, allow_null=True)
    backends = serializers.ListField(child=serializers.ChoiceField(Backend.choices))
    concepts = serializers.ListField(child=serializers.CharField())
    prerequisites = serializers.ListField(child=serializers.CharField())
    state = serializers.SerializerMethodField(
        help_text="How far you are: done once it was accepted, begun once it was tried, else open. Null without token."
    )

    class Meta:
        model = Task
        fields = [
            "slug", "url", "title", "course", "lesson", "difficulty", "backends", "concepts", "prerequisites",
            "max_score", "version", "state",
        ]  # fmt: skip

    @extend_schema_field(serializers.ChoiceField(selectors.TaskState.choices, allow_null=True))
    def get_state(self, task: Task) -> str | None:
        user = self.context["request"].user
        if not user.is_authenticated:
            return None
        return self._states.get(task.pk, selectors.TaskState.OPEN)

    @cached_property
    def _states(self) -> dict[uuid.UUID, selectors.TaskState]:
        """One question for all tasks of a list."""
        return selectors.task_states(self.context["request"].user)


class CheckSpecSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    kind = serializers.CharField()
    points = serializers.FloatField()


class LimitSerializer(serializers.Serializer[Any]):
    """What a submission may use."""

    cpu_s = serializers.FloatField()
    memory_mib = serializers.IntegerField()


class SampleSerializer(serializers.Serializer[Any]):
    """A shown case: what a run calls the code with."""

    name = serializers.CharField()
    inputs = serializers.DictField(help_text=FORM)


class TaskDetailSerializer(TaskSerializer):
    entry = serializers.CharField(source="load.entry", help_text="What the submission must define.")
    statement = serializers.CharField(source="load.statement", help_text="Markdown with TeX between dollar signs.")
    starters = serializers.DictField(
        child=serializers.CharField(), help_text="Python source to begin with, by backend."
    )
    checks = CheckSpecSerializer(source="load.checks", many=True)
    limits = LimitSerializer(source="load.limits")
    samples = serializers.SerializerMethodField()

    class Meta(TaskSerializer.Meta):
        fields = [*TaskSerializer.Meta.fields, "entry", "statement", "starters", "checks", "limits", "samples"]

    @extend_schema_field(SampleSerializer(many=True))
    def get_samples(self, task: Task) -> list[dict[str, Any]]:
        return [{"name": case.name, "inputs": json_value(case.inputs)} for case in selectors.sample_cases(task)]
