"""Deliveries in the admin panel: to see why nothing arrives. Bodies and secrets are their owners'."""

from django.contrib import admin

from grader.admin import ReadOnly
from grader.webhooks.models import Attempt, Delivery

FIELDS = ("webhook", "event", "status", "tries", "created", "next_attempt")
ATTEMPT_FIELDS = ("at", "status_code", "error", "ms")


class AttemptInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    model = Attempt
    fields = ATTEMPT_FIELDS
    readonly_fields = ATTEMPT_FIELDS
    extra = 0


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ["id", "owner", *FIELDS]
    list_filter = ["status", "event", "created"]
    list_select_related = ["webhook__user"]
    search_fields = ["webhook__url", "webhook__user__username"]
    date_hierarchy = "created"
    fields = FIELDS
    readonly_fields = FIELDS
    inlines = [AttemptInline]

    @admin.display(ordering="webhook__user__username")
    def owner(self, delivery: Delivery) -> str:
        return delivery.webhook.user.get_username()
