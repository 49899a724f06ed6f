"""Every task is certified, and docs/certification.json says so: a task that has changed since is certified here."""

from dataclasses import replace
from pathlib import Path

import pytest

from grader.certification import Certifier, fingerprint, read_record
from grader.certification.record import page
from tests.content.test_tasks import FOLDERS, every_task, task_of

RECORD = Path(__file__).resolve().parents[2] / "docs" / "certification.json"
STALE = "docs/certification.json says something else: run `make certify` and commit docs/certification.*"


@pytest.fixture(scope="session")
def certifier():
    with Certifier() as certifier:
        yield certifier


@pytest.mark.jail
@every_task
def test_the_task_is_certified(folder, certifier):
    task = task_of(folder)
    kept = read_record(RECORD).get(task.slug)
    certificate = kept
    if kept is None or kept.fingerprint != fingerprint(task):
        [certificate] = certifier.certify([task])
    assert certificate.problems == ()
    # A change of the grader's sources alone need not be committed here, as long as every number stays.
    assert kept == replace(certificate, fingerprint=kept.fingerprint if kept else ""), STALE


def test_the_record_is_of_the_tasks_on_disk():
    assert sorted(read_record(RECORD)) == sorted(folder.name for folder in FOLDERS), STALE


def test_the_page_is_made_from_the_record():
    assert RECORD.with_suffix(".md").read_text() == page(read_record(RECORD).values()), STALE
