from django.urls import path

from lms.drafts import views

urlpatterns = [
    path("tasks/<slug:slug>/drafts/<slug:backend>/", views.DraftView.as_view(), name="draft"),
    path("tasks/<slug:slug>/drafts/<slug:backend>/earlier/", views.EarlierDraftsView.as_view(), name="earlier_drafts"),
    path("submissions/<uuid:submission_id>/open/", views.open_submission, name="open_submission"),
]
