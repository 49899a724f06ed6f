import pytest
from django.contrib.auth import get_user_model

from lms.launcher.demo_accounts import demo_accounts_ensure

pytestmark = pytest.mark.django_db


def user(name):
    return get_user_model().objects.get(username=name)


def test_a_first_start_makes_both_accounts(tmp_path):
    accounts = demo_accounts_ensure(tmp_path)
    assert list(accounts) == ["learner", "instructor"]
    assert all(user(name).check_password(password) for name, password in accounts.items())
    assert not user("learner").is_staff
    assert user("instructor").is_staff
    assert not user("instructor").is_superuser
    assert [group.name for group in user("instructor").groups.all()] == ["instructors"]


def test_passwords_are_random_and_readable_by_the_owner_only(tmp_path):
    accounts = demo_accounts_ensure(tmp_path)
    assert len(set(accounts.values())) == 2
    assert (tmp_path / "demo-accounts.txt").stat().st_mode & 0o777 == 0o600


def test_a_second_start_changes_nothing(tmp_path):
    accounts = demo_accounts_ensure(tmp_path)
    assert demo_accounts_ensure(tmp_path) == accounts
    assert get_user_model().objects.count() == 2


def test_a_changed_password_is_not_shown(tmp_path):
    demo_accounts_ensure(tmp_path)
    learner = user("learner")
    learner.set_password("of my own choice")
    learner.save()
    assert "changed since" in demo_accounts_ensure(tmp_path)["learner"]


def test_an_account_that_was_there_before_is_not_taken_over(tmp_path):
    get_user_model().objects.create_user("instructor", password="of my own choice")
    accounts = demo_accounts_ensure(tmp_path)
    assert "changed since" in accounts["instructor"]
    assert not user("instructor").is_staff
