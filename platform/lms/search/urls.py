from django.urls import path

from lms.search import views

urlpatterns = [path("search/", views.search, name="search")]
