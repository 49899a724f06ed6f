"""How often each page asks the database: a number that must not grow with what is taught or submitted.

Two of a learner's queries are the session and the user.
"""

import pytest

from tests.web import verdicts

LEARNER = [
    ("/", 9),
    ("/map/", 7),
    ("/progress/", 11),
    ("/courses/supervised-learning/", 8),
    ("/courses/supervised-learning/loss-functions/", 6),
    ("/tasks/mean-squared-error/", 7),
    ("/tasks/mean-squared-error/submissions/", 6),
    ("/submissions/", 4),
]
VISITOR = [
    ("/", 3),
    ("/map/", 3),
    ("/courses/supervised-learning/", 3),
    ("/courses/supervised-learning/loss-functions/", 3),
    ("/tasks/mean-squared-error/", 1),
    ("/accounts/login/", 0),
]


@pytest.mark.parametrize(("address", "queries"), VISITOR)
def test_queries_for_a_visitor(visitor, address, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        visitor.get(address)


@pytest.mark.parametrize(("address", "queries"), LEARNER)
def test_queries_for_a_learner(signed_in, make_graded, address, queries, django_assert_num_queries):
    for backend in ("numpy", "torch", "numpy"):
        make_graded(verdicts.WRONG, backend=backend)
    with django_assert_num_queries(queries):
        signed_in.get(address)


def test_queries_for_a_verdict(signed_in, make_graded, django_assert_num_queries):
    submission = make_graded(verdicts.WRONG)
    with django_assert_num_queries(3):
        signed_in.get(f"/submissions/{submission.pk}/result/")
    with django_assert_num_queries(8):
        signed_in.get(f"/submissions/{submission.pk}/")
    other = make_graded(verdicts.ACCEPTED)
    with django_assert_num_queries(6):
        signed_in.get(f"/submissions/{submission.pk}/compare/{other.pk}/")
