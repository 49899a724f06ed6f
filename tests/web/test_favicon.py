def test_pages_that_name_no_icon_find_one(client):
    response = client.get("/favicon.ico", follow=True)
    assert response.redirect_chain == [("/static/web/favicon.svg", 302)]
    assert response["Content-Type"] == "image/svg+xml"
