import pytest
from django.core.cache import caches

from lms.cache import LosableCache


@pytest.fixture
def away(tmp_path):
    """A cache whose server is not there."""
    return LosableCache(f"unix://{tmp_path}/nobody.sock", {})


def test_while_the_server_is_away_nothing_is_found_and_nothing_is_kept(away):
    away.set("key", 1)
    assert away.get("key") is None
    assert away.get("key", "default") == "default"
    assert away.delete("key") is False


def test_a_lock_is_not_waited_for_while_the_server_is_away(away):
    assert away.add("lock", 1) is True


def test_while_the_server_answers_it_is_a_cache(broker):
    cache = caches["default"]
    assert isinstance(cache, LosableCache)
    cache.set("key", [1, 2])
    assert cache.get("key") == [1, 2]
    assert (cache.add("key", 3), cache.add("lock", 1), cache.add("lock", 1)) == (False, True, False)
    assert (cache.delete("key"), cache.delete("key")) == (True, False)


def test_signing_in_works_while_the_broker_is_away(client, learner, settings, tmp_path):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"unix://{tmp_path}/nobody.sock"}}
    form = {"login": learner.username, "password": "correct horse battery"}
    response = client.post("/accounts/login/", form)
    assert (response.status_code, response.url) == (302, "/")


def test_the_client_is_kept(broker):
    cache = caches["default"]
    kept = cache._cache.get_client("key", write=True)
    assert cache._cache.get_client("another") is kept
