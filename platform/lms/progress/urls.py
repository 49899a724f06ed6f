from django.urls import path

from lms.progress import views

urlpatterns = [
    path("map/", views.concept_map, name="map"),
    path("progress/", views.progress, name="progress"),
    path("progress/<slug:course_slug>/certificate/", views.claim, name="claim_certificate"),
    path("progress/<slug:course_slug>/<slug:lesson_slug>/read/", views.lesson_read, name="lesson_read"),
    path("certificates/<uuid:certificate_id>/", views.certificate, name="certificate"),
    path("certificates/<uuid:certificate_id>.json", views.certificate_file, name="certificate_file"),
    path("certificates/<uuid:certificate_id>/shown/", views.certificate_visibility, name="certificate_visibility"),
]
