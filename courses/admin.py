"""The catalogue in the admin panel: to be read. It is written in the content folder."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from courses.models import Course, Lesson, Task


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Course)
class CourseAdmin(ReadOnlyAdmin):
    list_display = ["title", "slug", "order"]


@admin.register(Lesson)
class LessonAdmin(ReadOnlyAdmin):
    list_display = ["title", "course", "order"]
    list_filter = ["course"]
    search_fields = ["title", "slug"]


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    list_display = ["title", "slug", "lesson", "difficulty", "backends", "max_score", "is_published"]
    list_filter = ["is_published", "difficulty", "lesson__course"]
    search_fields = ["title", "slug"]
    list_select_related = ["lesson"]
