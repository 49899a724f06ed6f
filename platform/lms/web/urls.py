from django.urls import path

from lms.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("courses/<slug:course_slug>/", views.course, name="course"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/", views.lesson, name="lesson"),
    path("tasks/<slug:slug>/", views.task, name="task"),
    path("tasks/<slug:slug>/solution/", views.solution, name="solution"),
    path("tasks/<slug:slug>/watch/", views.watch, name="watch"),
    path("tasks/<slug:slug>/submissions/", views.history, name="history"),
    path("submissions/", views.submissions, name="submissions"),
    path("submissions/compare/", views.compare_chosen, name="compare_chosen"),
    path("submissions/<uuid:old_id>/compare/<uuid:new_id>/", views.compare, name="compare"),
    path("submissions/<uuid:submission_id>/", views.submission, name="submission"),
    path("submissions/<uuid:submission_id>/result/", views.submission_result, name="submission_result"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("runs/<str:run_id>/", views.run, name="run"),
    path("runs/<str:run_id>/result/", views.run_result, name="run_result"),
]
