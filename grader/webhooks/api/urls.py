from django.urls import path

from grader.webhooks.api import views

urlpatterns = [
    path("", views.WebhooksView.as_view(), name="api-webhooks"),
    path("<uuid:webhook_id>/", views.WebhookView.as_view(), name="api-webhook"),
    path("<uuid:webhook_id>/ping/", views.PingView.as_view(), name="api-webhook-ping"),
    path("<uuid:webhook_id>/deliveries/", views.DeliveriesView.as_view(), name="api-deliveries"),
    path("<uuid:webhook_id>/deliveries/<uuid:delivery_id>/", views.DeliveryView.as_view(), name="api-delivery"),
    path("<uuid:webhook_id>/deliveries/<uuid:delivery_id>/replay/", views.ReplayView.as_view(), name="api-replay"),
]
