import pytest
from django.db import OperationalError, transaction

from grader.persistence import until_stored


class Database:
    """Away for the first `away` writes."""

    def __init__(self, away):
        self.left = away
        self.stored = []

    def write(self, what):
        if self.left:
            self.left -= 1
            raise OperationalError("the database system is starting up")
        self.stored.append(what)
        return what


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr("grader.persistence.FIRST_PAUSE_S", 0)


@pytest.mark.django_db(transaction=True)
def test_a_write_is_done_again_until_it_is_stored():
    database = Database(away=3)
    assert until_stored(database.write)("verdict") == "verdict"
    assert database.stored == ["verdict"]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_is_begun_anew_only_by_who_began_it():
    database = Database(away=1)
    with pytest.raises(OperationalError), transaction.atomic():
        until_stored(database.write)("verdict")
    assert database.stored == []


@pytest.mark.django_db(transaction=True)
def test_other_errors_are_not_waited_for():
    with pytest.raises(ZeroDivisionError):
        until_stored(lambda: 1 / 0)()
