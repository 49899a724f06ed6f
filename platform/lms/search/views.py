from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.search.pages import IN_LIST, results, results_page


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer the search form with a page, and its script, which asks with `fragment`, with the list alone."""
    query = request.GET.get("q", "")
    if "fragment" in request.GET:
        return render(request, "search/options.html", results(query, IN_LIST))
    return render(request, "search/page.html", results_page(query))
