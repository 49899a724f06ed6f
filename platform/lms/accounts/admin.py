"""People in the admin panel, for administrators: roles, and switching an account off."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from lms.accounts.models import User


@admin.register(User)
class PeopleAdmin(UserAdmin):
    list_display = ["username", "display_name", "email", "is_staff", "is_active", "last_login"]
    fieldsets = [
        (None, {"fields": ["username", "password", "display_name", "email"]}),
        ("Role", {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def has_delete_permission(self, *_args: object, **_kwargs: object) -> bool:
        """Switching off keeps what refers to a person; learners delete their accounts themselves."""
        return False
