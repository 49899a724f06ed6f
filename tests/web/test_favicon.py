from django.contrib.staticfiles import finders


def test_pages_that_name_no_icon_find_one(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response.url) == (302, "/static/web/favicon.svg")
    assert finders.find("web/favicon.svg")
