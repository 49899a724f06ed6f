"""What is taught: courses, lessons, tasks. Open to everybody."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny

from courses import selectors as catalogue
from courses.models import Course, Lesson, Task
from grader.api import examples
from grader.api.filters import Filters, LessonFilter, TaskFilter
from grader.api.pages import LargePages, Pages
from grader.api.resources import ListResource, OneResource
from grader.api.serializers import catalogue as serializers


class CoursePages(LargePages):
    ordering = ("order", "slug")


@extend_schema(summary="List the courses", description="In the order in which they are taught, with their lessons.")
class CoursesView(ListResource[Course]):
    permission_classes = [AllowAny]
    serializer_class = serializers.CourseSerializer
    pagination_class = CoursePages
    queryset = catalogue.course_list()


@extend_schema(summary="Read a course")
class CourseView(OneResource[Course]):
    permission_classes = [AllowAny]
    serializer_class = serializers.CourseSerializer
    queryset = catalogue.course_list()
    lookup_field = "slug"
    missing = "There is no such course. /api/v1/courses/ lists them."


@extend_schema(summary="List the lessons", description="Those of all courses, in the order in which they are taught.")
class LessonsView(ListResource[Lesson]):
    permission_classes = [AllowAny]
    serializer_class = serializers.LessonSerializer
    pagination_class = Pages
    filter_backends = [Filters]
    filterset_class = LessonFilter
    queryset = catalogue.lesson_list()


@extend_schema(summary="Read a lesson", description="Its text is Markdown, as its author wrote it.")
class LessonView(OneResource[Lesson]):
    permission_classes = [AllowAny]
    serializer_class = serializers.LessonDetailSerializer
    lookup_field = "slug"
    lookup_url_kwarg = "lesson"
    missing = "There is no such lesson. /api/v1/lessons/ lists them."
    queryset = catalogue.lesson_list()

    def get_queryset(self) -> QuerySet[Lesson]:
        return super().get_queryset().filter(course__slug=self.kwargs["course"])


@extend_schema(
    summary="List the tasks",
    description="In the order in which they are taught. Whoever sends a token reads how far they are with each.",
    responses={200: serializers.TaskSerializer(many=True)},
    examples=[OpenApiExample("One task", examples.TASK, response_only=True, status_codes=["200"])],
)
class TasksView(ListResource[Task]):
    permission_classes = [AllowAny]
    serializer_class = serializers.TaskSerializer
    pagination_class = LargePages
    filter_backends = [Filters]
    filterset_class = TaskFilter
    queryset = catalogue.task_pages()


@extend_schema(summary="Read a task", description="All it takes to solve it: statement, starters, checks, samples.")
class TaskView(OneResource[Task]):
    permission_classes = [AllowAny]
    serializer_class = serializers.TaskDetailSerializer
    queryset = catalogue.task_list()
    lookup_field = "slug"
    missing = "There is no such task. /api/v1/tasks/ lists them."
