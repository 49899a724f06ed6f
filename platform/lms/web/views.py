"""The pages. What they show is put together in catalogue, workbench and results."""

import uuid

from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.selectors import task_get
from grader import runs
from grader import selectors as grading
from lms.web import catalogue, results, training, workbench
from lms.web.styleguide import styleguide_page

SUBMISSIONS_PER_PAGE = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html", catalogue.home_page(request.user))


@require_safe
def course(request: HttpRequest, course_slug: str) -> HttpResponse:
    try:
        page = catalogue.course_page(request.user, course_slug)
    except ObjectDoesNotExist:
        raise Http404("There is no such course.") from None
    return render(request, "web/course.html", page)


@require_safe
@csp_update({"style-src": [NONCE]})  # the sizes within formulas
def lesson(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    try:
        page = catalogue.lesson_page(request.user, course_slug, lesson_slug)
    except ObjectDoesNotExist:
        raise Http404("There is no such lesson.") from None
    return render(request, "web/lesson.html", page)


@require_safe
@never_cache  # the editor is to hold what was submitted last, also after "back"
@csp_update({"style-src": [NONCE]})  # CodeMirror and formulas need a <style> element
def task(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        page = workbench.task_page(request.user, slug, request.GET.get("backend", ""))
    except ObjectDoesNotExist:
        raise Http404("There is no such task.") from None
    return render(request, "web/task.html", page)


@require_safe
@never_cache
@login_required
def watch(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        page = training.watch_page(request.user, slug, request.GET.get("submission", ""))
    except (ObjectDoesNotExist, ValidationError, LookupError):
        raise Http404("There is nothing to watch here.") from None
    return render(request, "web/watch.html", page, status=200 if "submission" in page else 403)


@require_safe
@login_required
def history(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        task = task_get(slug=slug)
    except ObjectDoesNotExist:
        raise Http404("There is no such task.") from None
    pages = Paginator(grading.submission_list(request.user, task), SUBMISSIONS_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "web/history.html", {"task": task, "lesson": task.lesson, "page": page})


@require_safe
@never_cache
@login_required
def submission(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    return _submission(request, submission_id, "web/submission.html")


@require_safe
@never_cache
@login_required
def submission_result(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    return _submission(request, submission_id, "web/result/result.html")


@require_safe
@never_cache
@login_required
def run(request: HttpRequest, run_id: str) -> HttpResponse:
    return _run(request, run_id, "web/run.html")


@require_safe
@never_cache
@login_required
def run_result(request: HttpRequest, run_id: str) -> HttpResponse:
    return _run(request, run_id, "web/result/result.html")


@require_safe
@staff_member_required
@csp_update({"style-src": [NONCE]})  # the rules of the formulas
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "web/styleguide.html", styleguide_page())


def _submission(request: HttpRequest, submission_id: uuid.UUID, template: str) -> HttpResponse:
    try:
        found = grading.submission_get(request.user, submission_id)
    except ObjectDoesNotExist:
        raise Http404("There is no such submission.") from None
    return render(request, template, results.submission_page(found))


def _run(request: HttpRequest, run_id: str, template: str) -> HttpResponse:
    try:
        page = results.run_page(grading.run_get(request.user, run_id))
    except (runs.RunNotFoundError, ObjectDoesNotExist):
        raise Http404("There is no such run; runs are kept for ten minutes. Run the code again.") from None
    return render(request, template, page | {"run_id": run_id})
