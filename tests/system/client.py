"""A learner's browser without the browser: cookies, forms, and nothing but HTTP."""

import http.cookiejar
import json
import time
import urllib.error
import urllib.parse
import urllib.request


class Client:
    patience_s = 20

    def __init__(self, url, tls=None):
        """`tls` is the SSL context in which a server's certificate is checked, where the usual one would not do."""
        self.url = url
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(self.cookies),
            urllib.request.HTTPSHandler(context=tls),
        )

    def get(self, path, **headers):
        """Return the body; other answers than 2xx raise urllib.error.HTTPError."""
        return self._send(urllib.request.Request(self.url + path, headers=headers))

    def post(self, path, form, **headers):
        """Submit a form as its page would: with the CSRF cookie, token and referrer."""
        headers |= {"Referer": self.url + path, "X-CSRFToken": self._csrf_token()}
        return self._send(urllib.request.Request(self.url + path, urllib.parse.urlencode(form).encode(), headers))

    def post_json(self, path, body, **headers):
        """Ask the API for something, as a script of our own pages would."""
        headers = {"X-CSRFToken": self._csrf_token(), "Content-Type": "application/json"} | headers
        return json.loads(self._send(urllib.request.Request(self.url + path, json.dumps(body).encode(), headers)))

    def _csrf_token(self):
        """Return the value of the cookie, which has another name under HTTPS."""
        return next(cookie.value for cookie in self.cookies if cookie.name.endswith("csrftoken"))

    def _send(self, request):
        with self.opener.open(request, timeout=self.patience_s) as response:
            return response.read().decode()

    def sign_in(self, username, password):
        self.get("/accounts/login/")
        page = self.post("/accounts/login/", {"login": username, "password": password})
        assert "/accounts/logout/" in page, f"{username} is not signed in:\n{page}"

    def sign_up(self, username, password):
        self.get("/accounts/signup/")
        form = {"username": username, "password1": password, "password2": password}
        page = self.post("/accounts/signup/", form)
        assert "/accounts/logout/" in page, f"{username} is not signed up:\n{page}"

    def submit(self, task, source, backend="numpy"):
        """Submit from the task page; return the addresses under which the verdict will be."""
        self.get(f"/tasks/{task}/")
        body = self.post(f"/tasks/{task}/submit/", {"source": source, "backend": backend}, Accept="application/json")
        return json.loads(body)

    def state(self, submission):
        return json.loads(self.get(submission["state"]))

    def details(self, submission):
        """Return the resource of a submission in the API, which takes the session too."""
        return json.loads(self.get(f"/api/v1/submissions/{submission['id']}/"))

    def wait_for(self, submission, status, within_s):
        """Return the state of a submission once it has `status`."""
        deadline = time.monotonic() + within_s
        while (state := self.state(submission))["status"] != status:
            assert time.monotonic() < deadline, f"not {status} within {within_s} s: {state}"
            time.sleep(0.05)
        return state
