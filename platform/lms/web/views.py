"""The pages. What they show is put together in catalogue, workbench, results, history and training."""

import uuid
from collections.abc import Callable
from typing import Any

from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from grader import runs
from grader import selectors as grading
from grader.learner import learner_of
from grader.models import Submission
from grader.pages import take_refused_form
from lms.web import catalogue, results, training, workbench
from lms.web import history as listings
from lms.web.styleguide import styleguide_page


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
        page = workbench.task_page(
            request.user, slug, request.GET.get("backend", ""), refused=take_refused_form(request, slug)
        )
    except ObjectDoesNotExist:
        raise Http404("There is no such task.") from None
    return render(request, "web/task.html", page)


@require_safe
@never_cache
@csp_update({"style-src": [NONCE]})  # the sizes within formulas
def solution(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        page = workbench.solution_page(request.user, slug, is_confirmed=request.GET.get("show") == "yes")
    except ObjectDoesNotExist:
        raise Http404("There is no such task.") from None
    return render(request, "web/solution.html", page)


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
        page = listings.history_page(learner_of(request), slug, request.GET.get("page"))
    except ObjectDoesNotExist:
        raise Http404("There is no such task.") from None
    return render(request, "web/history.html", page)


@require_safe
@login_required
def submissions(request: HttpRequest) -> HttpResponse:
    page = listings.submissions_page(learner_of(request), request.GET.get("page"))
    return render(request, "web/submissions.html", page)


@require_safe
@login_required
def compare(request: HttpRequest, old_id: uuid.UUID, new_id: uuid.UUID) -> HttpResponse:
    try:
        page = listings.compare_page(learner_of(request), old_id, new_id)
    except ObjectDoesNotExist:
        raise Http404("There is no such submission.") from None
    return render(request, "web/compare.html", page)


@require_safe
@login_required
def compare_chosen(request: HttpRequest) -> HttpResponse:
    """Lead from the radio buttons of the history to the comparison of the two submissions chosen there."""
    try:
        chosen = [uuid.UUID(request.GET.get(name, "")) for name in ("old", "new")]
    except ValueError:
        raise Http404("Choose two submissions in the history of a task.") from None
    return redirect("compare", *chosen)


@require_safe
@never_cache
@login_required
def submission(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    return _submission(request, submission_id, "web/submission.html", results.submission_page)


@require_safe
@never_cache
@login_required
def submission_result(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    return _submission(request, submission_id, "web/result/result.html", results.submission_result)


@require_safe
@never_cache
@login_required
def run(request: HttpRequest, run_id: str) -> HttpResponse:
    return _run(request, run_id, "web/run.html", results.run_page)


@require_safe
@never_cache
@login_required
def run_result(request: HttpRequest, run_id: str) -> HttpResponse:
    return _run(request, run_id, "web/result/result.html", results.run_result)


@require_safe
@admin.site.admin_view  # for staff, in all that this asks for
@csp_update({"style-src": [NONCE]})  # the rules of the formulas
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "web/styleguide.html", styleguide_page())


def _submission(
    request: HttpRequest, submission_id: uuid.UUID, template: str, page: Callable[[Submission], dict[str, Any]]
) -> HttpResponse:
    try:
        found = grading.submission_get(learner_of(request), submission_id)
    except ObjectDoesNotExist:
        raise Http404("There is no such submission.") from None
    return render(request, template, page(found))


def _run(request: HttpRequest, run_id: str, template: str, page: Callable[[runs.Run], dict[str, Any]]) -> HttpResponse:
    try:
        shown = page(grading.run_get(learner_of(request), run_id))
    except (runs.RunNotFoundError, ObjectDoesNotExist):
        raise Http404("There is no such run; runs are kept for ten minutes. Run the code again.") from None
    return render(request, template, shown | {"run_id": run_id})
