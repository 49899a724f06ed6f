from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "grader.webhooks"
    label = "webhooks"
