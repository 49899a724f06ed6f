"""django.contrib.admin with the site of `lms.accounts.panel`, for INSTALLED_APPS: nothing here may import a model."""

from django.contrib.admin.apps import AdminConfig


class PanelConfig(AdminConfig):
    default_site = "lms.accounts.panel.Panel"
