"""How often passwords and codes can be tried, and what the answers give away. The broker may be away meanwhile."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from lms.accounts.models import AccountLimit
from tests.accounts.conftest import PASSWORD
from tests.web.html import elements, text

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
SCHOOL, HOME = "192.0.2.1", "198.51.100.7"

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["broker", "broker away"], autouse=True)
def broker_or_none(request, settings, tmp_path, broker):
    """The limits hold in both cases."""
    if request.param == "broker away":
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"unix://{tmp_path}/nobody.sock"}}


def sign_in(login="ada", password="wrong", address=SCHOOL):
    return Client().post(LOGIN, {"login": login, "password": password}, REMOTE_ADDR=address)


def lock(login="ada", address=SCHOOL):
    assert [sign_in(login, address=address).status_code for _ in range(5)] == [200] * 5


def test_after_five_wrong_passwords_even_the_right_one_waits(learner):
    lock()
    response = sign_in(password=PASSWORD)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "300")
    assert "Try again in five minutes; if you have forgotten the password, reset it meanwhile." in text(response)
    assert elements(response, "a", href=RESET)


def test_the_lock_ends_by_itself(learner):
    lock()
    for row in AccountLimit.objects.all():  # five minutes pass
        AccountLimit.objects.filter(pk=row.pk).update(value=[at - 300 for at in row.value])
    assert sign_in(password=PASSWORD).status_code == 302


def test_who_knows_a_name_does_not_lock_its_owner_out(learner):
    lock(address=HOME)
    assert sign_in(password=PASSWORD, address=SCHOOL).status_code == 302


def test_what_is_locked_is_locked_whether_or_not_it_exists(learner):
    for login in ("ada", "nobody", "ada@example.org", "nobody@example.org"):
        lock(login)
    answers = {sign_in(login).content for login in ("ada", "nobody", "ada@example.org", "nobody@example.org")}
    assert len(answers) == 1


def test_one_address_cannot_try_many_names(learner, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "8/5m/ip,5/5m/key"}
    assert [sign_in(f"name-{number}").status_code for number in range(9)] == [200] * 8 + [429]
    assert sign_in(password=PASSWORD, address=HOME).status_code == 302


def test_a_class_behind_one_address_signs_in(django_user_model):
    for number in range(40):
        django_user_model.objects.create_user(f"pupil-{number}", password=PASSWORD)
    answers = []
    for number in range(40):
        answers += [sign_in(f"pupil-{number}").status_code, sign_in(f"pupil-{number}", PASSWORD).status_code]
    assert answers == [200, 302] * 40


def test_the_administration_has_the_same_door(learner, client):
    response = client.get("/admin/")
    assert client.get(response["Location"])["Location"] == f"{LOGIN}?next=%2Fadmin%2F"
    form = {"username": "ada", "password": PASSWORD, "login": "ada"}
    assert client.post("/admin/login/", form)["Location"].startswith(LOGIN)
    assert "_auth_user_id" not in client.session


def test_codes_of_the_second_factor_are_limited(learner, client):
    TOTP.activate(learner, "JBSWY3DPEHPK3PXP")
    client.post(LOGIN, {"login": "ada", "password": PASSWORD})
    answers = [client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_the_password_asked_for_again_is_limited(learner, client):
    client.force_login(learner)
    answers = [client.post("/accounts/reauthenticate/", {"password": "wrong"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_letters_to_one_address_are_limited(learner, client):
    answers = [client.post(RESET, {"email": learner.email}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Try again in five minutes." in text(answers[-1])
    assert not elements(answers[-1], "a", href=RESET)
    assert len(mail.outbox) == 5


class CountingHasher(MD5PasswordHasher):
    hashed = 0

    def encode(self, *args, **kwargs):
        CountingHasher.hashed += 1
        return super().encode(*args, **kwargs)


@pytest.mark.parametrize(("known", "unknown"), [("ada", "nobody"), ("ada@example.org", "nobody@example.org")])
def test_an_unknown_account_is_answered_like_a_wrong_password(learner, settings, known, unknown):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    learner.set_password(PASSWORD)
    learner.save()
    seen = []
    for login in (known, unknown):
        CountingHasher.hashed = 0
        page = text(sign_in(login)).replace(login, "")
        seen.append((page, CountingHasher.hashed))
    assert seen[0] == seen[1]
    assert seen[0][1] == 1


def test_a_reset_says_the_same_of_every_address(learner, client):
    pages = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in (learner.email, "nobody@example.org")
    ]
    assert text(pages[0]) == text(pages[1])


def test_signing_up_does_not_tell_a_confirmed_address_from_an_unknown_one(learner, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    learner.emailaddress_set.create(email=learner.email, verified=True, primary=True)
    form = {"password1": PASSWORD, "password2": PASSWORD}
    pages = [
        Client().post("/accounts/signup/", form | {"username": f"new-{number}", "email": email}, follow=True)
        for number, email in enumerate([learner.email, "nobody@example.org"])
    ]
    assert [page.redirect_chain for page in pages] == [[("/accounts/confirm-email/", 302)]] * 2
