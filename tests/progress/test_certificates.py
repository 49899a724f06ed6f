"""What a certificate says, that it never changes, and how anybody can tell that this server issued it."""

import json
from base64 import urlsafe_b64decode
from io import StringIO

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import CommandError, call_command

from courses.models import Task
from courses.selectors import course_list
from grader.models import Submission
from lms.progress import services
from lms.progress.certificates import canonical, content_of, document_of, signer_of
from lms.progress.models import CourseCertificate
from lms.progress.selectors import completion_of, progress_of
from tests.progress.verdicts import give, regrade

CONVOLUTION = ("conv2d-forward", "conv2d-backward", "max-pool-backward")


@pytest.fixture
def course(catalogue):
    return course_list().get(slug="convolutional-networks")


@pytest.fixture
def certificate(passes, learner, course):
    passes(*CONVOLUTION)
    return services.certificate_claim(learner, course, "Ada Lovelace")


@pytest.fixture
def file(certificate, tmp_path):
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(document_of(certificate, "http://testserver/")), encoding="utf-8")
    return path


def _completion(learner, course):
    return completion_of(learner, course, progress_of(learner))


def test_it_says_what_was_shown_and_nothing_else(passes, learner, course):
    give(learner, "conv2d-forward", "wrong_answer", share=0.5)
    passes(*CONVOLUTION, backend="torch")
    certificate = services.certificate_claim(learner, course, "Ada Lovelace")
    content = content_of(certificate)
    assert set(content) == {"format", "id", "course", "name", "issued", "tasks"}
    assert content["course"] == {"slug": "convolutional-networks", "title": "Convolutional networks"}
    assert [task["slug"] for task in content["tasks"]] == list(CONVOLUTION)
    task, run = Task.objects.get(slug="conv2d-forward"), Submission.objects.filter(backend="torch").last().latest_run
    assert content["tasks"][0] == {
        "slug": "conv2d-forward",
        "title": "Convolution, forward",
        "version": task.version,
        "backend": "torch",
        "passed": f"{run.finished:%Y-%m-%d}",
    }


def test_the_first_accepted_version_counts(passes, learner, course):
    [early, *_] = passes(*CONVOLUTION)
    old = early.latest_run.task_version
    Task.objects.filter(slug="conv2d-forward").update(version="later")
    give(learner, "conv2d-forward", backend="torch")
    certificate = services.certificate_claim(learner, course, "Ada")
    assert (certificate.tasks[0]["version"], certificate.tasks[0]["backend"]) == (old, "numpy")


def test_it_comes_with_the_last_task_and_once(passes, learner, course):
    passes(*CONVOLUTION[:2])
    give(learner, CONVOLUTION[2], "partially_accepted", share=0.9)
    assert not _completion(learner, course).may_claim
    with pytest.raises(services.NotCompleteError):
        services.certificate_claim(learner, course, "Ada")
    passes(CONVOLUTION[2])
    services.certificate_claim(learner, course, "Ada")
    with pytest.raises(services.NotCompleteError):
        services.certificate_claim(learner, course, "Ada")
    assert CourseCertificate.objects.count() == 1


def test_a_course_without_tasks_certifies_nothing(learner, course):
    Task.objects.filter(slug__in=CONVOLUTION).update(is_published=False)
    assert not _completion(learner, course_list().get(pk=course.pk)).may_claim


def test_it_stays_as_it_is_when_the_course_grows_and_then_another_can_be_claimed(certificate, learner, course, passes):
    Task.objects.filter(slug="k-means").update(lesson=course.lessons.first())
    grown = course_list().get(pk=course.pk)
    certificate.refresh_from_db()
    assert [task["slug"] for task in certificate.tasks] == list(CONVOLUTION)
    assert signer_of(content_of(certificate), certificate.signature)
    assert not _completion(learner, grown).may_claim
    passes("k-means")
    assert _completion(learner, grown).may_claim
    again = services.certificate_claim(learner, grown, "Ada Lovelace")
    assert {task["slug"] for task in again.tasks} == {*CONVOLUTION, "k-means"}


def test_it_stays_as_it_is_when_the_course_shrinks(certificate, learner, course):
    Task.objects.filter(slug="max-pool-backward").update(is_published=False)
    assert not _completion(learner, course_list().get(pk=course.pk)).may_claim
    assert len(CourseCertificate.objects.get().tasks) == 3


def test_nothing_about_it_is_ever_changed(certificate):
    certificate.name = "Charles Babbage"
    with pytest.raises(TypeError, match="never changed"):
        certificate.save()


def test_its_owner_withdraws_it_claims_it_with_another_name_and_shows_it_again(certificate, learner, course):
    services.certificate_withdraw(learner, certificate.pk)
    assert CourseCertificate.objects.get().withdrawn is not None
    services.certificate_claim(learner, course, "Augusta Ada King")
    services.certificate_show(learner, certificate.pk)
    assert CourseCertificate.objects.get(pk=certificate.pk).withdrawn is None


def test_nobody_else_withdraws_it(certificate, other_learner):
    with pytest.raises(CourseCertificate.DoesNotExist):
        services.certificate_withdraw(other_learner, certificate.pk)
    assert CourseCertificate.objects.get().withdrawn is None


def test_it_goes_with_the_account(certificate, learner):
    learner.delete()
    assert CourseCertificate.objects.count() == 0


def test_the_signature_can_be_checked_without_this_server(file):
    document = json.loads(file.read_text())
    key = Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(document["signature"]["public_key"] + "="))
    signature = urlsafe_b64decode(document["signature"]["value"] + "==")
    key.verify(signature, canonical(document["certificate"]))
    document["certificate"]["name"] = "Ada lovelace"
    with pytest.raises(InvalidSignature):
        key.verify(signature, canonical(document["certificate"]))


@pytest.mark.parametrize("signature", ["", "AAAA", "no base64: é", "A" * 86])
def test_another_signature_is_none_of_ours(certificate, signature):
    assert signer_of(content_of(certificate), signature) is None


def test_it_survives_a_new_secret_key_while_the_old_one_is_named(certificate, settings):
    old, key = settings.SECRET_KEY, signer_of(content_of(certificate), certificate.signature)
    settings.SECRET_KEY = "a new secret of this server that is long enough"
    assert signer_of(content_of(certificate), certificate.signature) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert signer_of(content_of(certificate), certificate.signature) == key


def _verify(file):
    out = StringIO()
    call_command("verify_certificate", str(file), stdout=out)
    return out.getvalue()


def test_the_command_says_what_a_file_certifies(file, certificate, learner):
    said = _verify(file)
    assert f"Valid: issued by this server to Ada Lovelace on {certificate.issued:%Y-%m-%d}." in said
    assert "Convolutional networks, 3 tasks:" in said
    assert "Convolution, forward (conv2d-forward, version " in said
    assert f"Its page: /certificates/{certificate.pk}/" in said
    services.certificate_withdraw(learner, certificate.pk)
    assert "Its owner has withdrawn its page." in _verify(file)
    learner.delete()
    assert "Its page is gone" in _verify(file)


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document["certificate"].update(name="Charles Babbage"),
        lambda document: document["certificate"]["tasks"].pop(),
        lambda document: document["certificate"]["tasks"][0].update(passed="1843-09-01"),
        lambda document: document["certificate"].update(honours=True),
    ],
    ids=["name", "task", "date", "addition"],
)
def test_the_command_refuses_what_was_changed(file, change):
    document = json.loads(file.read_text())
    change(document)
    file.write_text(json.dumps(document))
    with pytest.raises(CommandError, match="not valid"):
        _verify(file)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"certificate": 1, "signature": {"value": "x"}}', "\udcff"])
def test_the_command_says_that_a_file_is_none(tmp_path, db, text):
    file = tmp_path / "other.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CommandError, match=r"other\.json"):
        _verify(file)


def test_the_command_names_a_file_that_is_not_there(tmp_path, db):
    with pytest.raises(CommandError, match="No such file"):
        _verify(tmp_path / "nothing.json")


def test_what_was_accepted_once_stays_so_when_it_is_regraded(passes, learner, course):
    passes(*CONVOLUTION[1:])
    regrade(give(learner, CONVOLUTION[0]), "wrong_answer", share=0)
    assert _completion(learner, course).may_claim
    assert services.certificate_claim(learner, course, "Ada").tasks[0]["slug"] == CONVOLUTION[0]
