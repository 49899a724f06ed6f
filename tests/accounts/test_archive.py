"""The archive of everything that is stored about a learner."""

import io
import json
import zipfile

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grader import services
from lms.accounts.services import token_create
from lms.drafts.services import draft_save
from tests.grader.conftest import SOURCE, accepted
from tests.grader.webhooks.conftest import make_webhook
from tests.web.html import text

# Where the archive has what stands in each table that refers to a user. A new table wants a place here, and in it.
PLACES = {
    "account.emailaddress": "profile.json",
    "accounts.user_groups": "profile.json",
    "accounts.user_user_permissions": "nowhere: rights, given and kept by the staff",
    "accounts.devicesignin": "nowhere: codes that expire in ten minutes",
    "admin.logentry": "nowhere: what the staff did, kept by the staff",
    "drafts.draft": "drafts/",
    "grader.keptanswer": "nowhere: what the API answered of submissions, for a day",
    "grader.submission": "submissions/",
    "knox.authtoken": "tokens.json",
    "mfa.authenticator": "profile.json",
    "progress.coursecertificate": "certificates/",
    "progress.lessonread": "lessons_read.json",
    "usersessions.usersession": "sessions.json",
    "webhooks.webhook": "webhooks.json",
}


def archive_of(client):
    response = client.post("/accounts/export/")
    assert response["Content-Type"] == "application/zip"
    content = response.getvalue()
    response.close()
    return zipfile.ZipFile(io.BytesIO(content))


def read_json(archive, name):
    return json.loads(archive.read(name))


def test_every_table_that_refers_to_a_user_has_its_place():
    relations = get_user_model()._meta.get_fields(include_hidden=True)
    tables = {field.related_model._meta.label_lower for field in relations if field.one_to_many or field.one_to_one}
    assert tables == set(PLACES)


def test_a_submission_is_a_source_with_its_verdicts_beside_it(signed_in, make_graded, make_submission):
    graded = make_graded(accepted())
    services.regrade(graded)
    waiting = make_submission(backend="torch", source="# é\n")
    archive = archive_of(signed_in)
    when, first = f"{graded.created:%Y-%m-%dT%H-%M-%SZ}", f"numpy-accepted-{str(graded.pk)[:8]}"
    name = f"submissions/mean-squared-error/{when}-{first}"
    assert archive.read(f"{name}.py").decode() == SOURCE
    verdict = read_json(archive, f"{name}.json")
    assert (verdict["task"], verdict["submitted"][-1]) == ("mean-squared-error", "Z")
    assert [run["verdict"] for run in verdict["grading_runs"]] == ["accepted"]
    assert verdict["grading_runs"][0]["result"]["checks"][0]["name"] == "shape"
    other = next(name for name in archive.namelist() if str(waiting.pk)[:8] in name and name.endswith(".py"))
    assert other.endswith(f"-torch-not-graded-{str(waiting.pk)[:8]}.py")
    assert archive.read(other).decode() == "# é\n"


def test_drafts_are_in_it_with_what_they_were_before(signed_in, learner, task):
    first = draft_save(user=learner, task=task, backend="numpy", source="# first\n", base=0)
    draft_save(user=learner, task=task, backend="numpy", source="# second\n", base=first.version, replaces=True)
    archive = archive_of(signed_in)
    assert archive.read("drafts/mean-squared-error/numpy.py").decode() == "# second\n"
    earlier = [name for name in archive.namelist() if name.startswith("drafts/mean-squared-error/numpy-earlier/")]
    assert [archive.read(name).decode() for name in earlier] == ["# first\n"]


def test_the_profile_is_complete_and_holds_no_secret(signed_in, learner):
    learner.display_name = "Ada"
    learner.save()
    EmailAddress.objects.create(user=learner, email="ada@example.org", primary=True, verified=True)
    TOTP.activate(learner, "A-SECRET-KEY")
    token, secret = token_create(user=learner, name="laptop", days=30)
    webhook = make_webhook(learner)
    archive = archive_of(signed_in)
    profile = read_json(archive, "profile.json")
    assert (profile["username"], profile["display_name"]) == ("ada", "Ada")
    assert profile["email_addresses"] == [{"address": "ada@example.org", "verified": True, "primary": True}]
    assert [factor["type"] for factor in profile["two_factor_sign_in"]] == ["totp"]
    assert [token["name"] for token in read_json(archive, "tokens.json")] == ["laptop"]
    assert [webhook["url"] for webhook in read_json(archive, "webhooks.json")] == ["https://example.org/hook"]
    everything = "".join(archive.read(name).decode() for name in archive.namelist())
    secrets = [
        secret,
        secret[:15],
        token.digest,
        learner.password,
        "A-SECRET-KEY",
        webhook.secret,
        signed_in.session.session_key,
    ]
    assert [each for each in secrets if each in everything] == []


def test_sessions_are_in_it(visitor, learner):
    visitor.post(
        "/accounts/login/", {"login": "ada", "password": "correct horse battery"}, headers={"user-agent": "Ours"}
    )
    (session,) = read_json(archive_of(visitor), "sessions.json")
    assert (session["browser"], session["ip_address"]) == ("Ours", "127.0.0.1")


def test_nothing_of_others_is_in_it(signed_in, other_learner, make_graded):
    make_graded(user=other_learner)
    archive = archive_of(signed_in)
    expected = ["README.txt", "lessons_read.json", "profile.json", "sessions.json", "tokens.json", "webhooks.json"]
    assert sorted(archive.namelist()) == expected
    assert "emmy" not in "".join(archive.read(name).decode() for name in archive.namelist())


def test_what_does_not_fit_is_counted_the_oldest_first(signed_in, make_graded, settings):
    graded = [make_graded() for _ in range(3)]
    settings.EXPORT_MAX_BYTES = 1000  # the profile fits, and one submission begun before it is full
    archive = archive_of(signed_in)
    sources = [name for name in archive.namelist() if name.endswith(".py")]
    assert [str(graded[2].pk)[:8] in name for name in sources] == [True]
    assert "2 older submissions did not fit" in archive.read("README.txt").decode()


def test_reading_does_not_ask_once_per_submission(signed_in, make_graded, django_assert_num_queries):
    make_graded()
    with CaptureQueriesContext(connection) as with_one:
        archive_of(signed_in)
    for _ in range(3):
        make_graded()
    with django_assert_num_queries(len(with_one)):
        archive_of(signed_in)


def test_the_readme_says_what_is_what(signed_in):
    readme = archive_of(signed_in).read("README.txt").decode()
    assert "everything that is stored about ada" in readme
    assert "&quot;" not in readme
    assert "did not fit" not in readme


def test_archives_are_made_five_times_an_hour(signed_in):
    for _ in range(5):
        archive_of(signed_in)
    refused = signed_in.post("/accounts/export/")
    assert refused.status_code == 429
    assert "five archives" in text(refused)
    assert signed_in.get("/accounts/export/").status_code == 200
