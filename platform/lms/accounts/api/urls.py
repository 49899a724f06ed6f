from django.urls import path, re_path

from lms.accounts.api import views
from lms.accounts.api.me import MeView

urlpatterns = [
    path("me/", MeView.as_view(), name="api-me"),
    path("tokens/", views.TokensView.as_view(), name="api-tokens"),
    path("tokens/current/", views.CurrentTokenView.as_view(), name="api-token-current"),
    # The 8 characters that lists show, or all 15 by which knox finds a token.
    re_path(r"^tokens/(?P<key>[0-9a-f]{8,15})/$", views.TokenView.as_view(), name="api-token"),
    path("device/", views.DeviceView.as_view(), name="api-device"),
    path("device/token/", views.DeviceTokenView.as_view(), name="api-device-token"),
]
