"""The concept map, a learner's progress, and certificates."""

import uuid

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import selectors as catalogue
from grader.learner import learner_of
from lms.progress import certificates, pages, selectors, services
from lms.progress.forms import ClaimForm
from lms.progress.models import CourseCertificate

NO_COURSE = "There is no such course."
NO_CERTIFICATE = "There is no such certificate."
GONE = 410


@require_safe
def concept_map(request: HttpRequest) -> HttpResponse:
    page = pages.map_page(request.user, only_next=request.GET.get("show") == "next")
    return render(request, "progress/map.html", page)


@require_safe
@login_required
def progress(request: HttpRequest) -> HttpResponse:
    return render(request, "progress/progress.html", pages.progress_page(learner_of(request)))


@require_POST
@login_required
def lesson_read(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    try:
        lesson = catalogue.lesson_get(course_slug=course_slug, lesson_slug=lesson_slug)
    except ObjectDoesNotExist:
        raise Http404("There is no such lesson.") from None
    services.lesson_mark(learner_of(request), lesson, read=request.POST.get("read") == "yes")
    return redirect(f"{reverse('lesson', args=[course_slug, lesson_slug])}#read")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, course_slug: str) -> HttpResponse:
    user = learner_of(request)
    try:
        course = catalogue.course_list().get(slug=course_slug)
    except ObjectDoesNotExist:
        raise Http404(NO_COURSE) from None
    form = ClaimForm(request.POST or None, initial={"name": user.display_name})
    if form.is_valid():
        try:
            return redirect(services.certificate_claim(user, course, form.cleaned_data["name"]))
        except services.NotCompleteError:
            form.add_error(None, "This certificate cannot be claimed now: see below.")
    completion = selectors.completion_of(user, course, selectors.progress_of(user))
    page = {"course": course, "completion": completion, "form": form}
    return render(request, "progress/claim.html", page)


@require_safe
def certificate(request: HttpRequest, certificate_id: uuid.UUID) -> HttpResponse:
    found = _certificate(certificate_id)
    if not _may_see(request, found):
        response = render(request, "progress/certificate_withdrawn.html", status=GONE)
    else:
        address = request.build_absolute_uri(found.get_absolute_url())
        response = render(request, "progress/certificate.html", pages.certificate_page(found, request.user, address))
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def certificate_file(request: HttpRequest, certificate_id: uuid.UUID) -> HttpResponse:
    found = _certificate(certificate_id)
    if not _may_see(request, found):
        return JsonResponse({"detail": "Its owner has withdrawn this certificate."}, status=GONE)
    document = certificates.document_of(found, request.build_absolute_uri(found.get_absolute_url()))
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="baremath-{found.course_slug}-{str(found.id)[:8]}.json"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
@login_required
def certificate_visibility(request: HttpRequest, certificate_id: uuid.UUID) -> HttpResponse:
    change = services.certificate_show if request.POST.get("shown") == "yes" else services.certificate_withdraw
    try:
        change(learner_of(request), certificate_id)
    except ObjectDoesNotExist:
        raise Http404(NO_CERTIFICATE) from None
    return redirect("certificate", certificate_id)


def _certificate(certificate_id: uuid.UUID) -> CourseCertificate:
    try:
        return CourseCertificate.objects.get(pk=certificate_id)
    except ObjectDoesNotExist:
        raise Http404(NO_CERTIFICATE) from None


def _may_see(request: HttpRequest, certificate: CourseCertificate) -> bool:
    return certificate.withdrawn is None or request.user.pk == certificate.user_id
