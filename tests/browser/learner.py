"""What a learner does with the pages."""

from playwright.sync_api import expect

PASSWORD = "correct horse battery staple"

MSE = "/tasks/mean-squared-error/"
HALVED = """import numpy as np


def mean_squared_error(y_true, y_pred):
    print("differences", y_pred - y_true)
    return float(np.sum((y_pred - y_true) ** 2) / 2)
"""
CRASHING = """def mean_squared_error(y_true, y_pred):
    return far_element(y_true)


def far_element(values):
    return values.reshape(-1)[10_000]
"""
CORRECT = """import numpy as np


def mean_squared_error(y_true, y_pred):
    return float(np.mean((np.asarray(y_pred) - y_true) ** 2))
"""


class Learner:
    def __init__(self, page):
        self.page = page

    @classmethod
    def sign_up(cls, page, username):
        page.goto("/accounts/signup/")
        return cls.sign_up_here(page, username)

    @classmethod
    def sign_up_here(cls, page, username):
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("Password (again)").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign up").click()
        expect(page.get_by_text(username, exact=True)).to_be_visible()
        return cls(page)

    def sign_in(self, username, password):
        self.page.goto("/accounts/login/")
        self.page.get_by_label("Username or email").fill(username)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_text(username, exact=True).first).to_be_attached()

    @property
    def editor(self):
        return self.page.get_by_role("textbox", name="Your code")

    @property
    def results(self):
        return self.page.get_by_role("region", name="Result")

    def write(self, source):
        expect(self.page.locator(".cm-editor")).to_be_visible()
        self.editor.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(source)

    def submit(self, source):
        """Submit from the task page; return once there is a verdict on it."""
        self.write(source)
        with self.page.expect_response(lambda response: response.url.endswith("/submit/")):
            self.page.get_by_role("button", name="Submit").click()
        expect(self.results.locator(".score")).to_be_visible()
