"""People in the admin panel: roles, and switching an account off."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests.web.html import elements, text

LIST = "/admin/accounts/user/"
SUBMISSIONS = "/admin/grader/submission/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("mary"))
    return client


@pytest.fixture
def theirs(learner):
    client = Client()
    client.force_login(learner)
    return client


def change(panel, user, **role):
    fields = {"username": user.username, "display_name": "Ada", "email": user.email}
    assert panel.post(f"{LIST}{user.pk}/change/", fields | role)["Location"] == LIST


def test_an_administrator_makes_a_learner_an_instructor(panel, theirs, learner):
    assert theirs.get(SUBMISSIONS).status_code == 302
    change(panel, learner, is_active="on", is_staff="on", groups=[Group.objects.get(name="instructors").pk])
    assert theirs.get(SUBMISSIONS).status_code == 200


def test_who_is_switched_off_is_signed_out_at_once(panel, theirs, learner):
    assert theirs.get("/submissions/").status_code == 200
    change(panel, learner)
    assert theirs.get("/submissions/").status_code == 302


def test_no_account_is_deleted_here(panel, learner):
    assert "Delete" not in text(panel.get(f"{LIST}{learner.pk}/change/"))
    assert not elements(panel.get(LIST), "option", value="delete_selected")


def test_people_and_what_django_allauth_keeps_of_them_have_names_of_their_own(panel):
    page = text(panel.get("/admin/")).replace("Model name Add link Change or view list link ", "")
    assert "People Users" in page
    assert "Accounts Email addresses" in page
