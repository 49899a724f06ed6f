"""What staff read: anybody's submissions, and what certification found."""

from typing import Any

from rest_framework import serializers

from grader.api.serializers.submissions import SubmissionDetailSerializer, SubmissionSerializer
from grader.certified import CertificationStatus

STAFF_SUBMISSION = "grader:api-staff-submission"


class StaffSubmissionSerializer(SubmissionSerializer):
    url = serializers.HyperlinkedIdentityField(STAFF_SUBMISSION)
    user = serializers.CharField(source="user.username", read_only=True)

    class Meta(SubmissionSerializer.Meta):
        fields = [*SubmissionSerializer.Meta.fields, "user", "queue"]


class StaffSubmissionDetailSerializer(SubmissionDetailSerializer):
    url = serializers.HyperlinkedIdentityField(STAFF_SUBMISSION)
    user = serializers.CharField(source="user.username", read_only=True)

    class Meta(SubmissionDetailSerializer.Meta):
        fields = [*SubmissionDetailSerializer.Meta.fields, "user", "queue"]


class StaffRegradeSerializer(StaffSubmissionSerializer):
    class Meta(StaffSubmissionSerializer.Meta):
        fields = ["id", "url", "status"]


class CertificationSerializer(serializers.Serializer[CertificationStatus]):
    """What was shown of the tests of a task. Counts are texts such as 18/18: shown, of how many."""

    slug = serializers.SlugField()
    version = serializers.CharField(help_text="The version of the task that is taught.")
    certified = serializers.BooleanField()
    stale = serializers.BooleanField(
        allow_null=True,
        help_text="Whether the task or the grader has changed since. Null where nothing was found out yet, and where "
        "the packages of certification are not installed.",
    )
    backends = serializers.ListField(child=serializers.CharField())
    accepted = serializers.CharField(allow_null=True, help_text="Right answers that are accepted.")
    wrong = serializers.CharField(allow_null=True, help_text="Wrong answers that are rejected and named.")
    degenerate = serializers.CharField(allow_null=True, help_text="What only looks like an answer and is rejected.")
    mutants = serializers.CharField(allow_null=True, help_text="Mutants of the reference that are killed.")
    survivors: Any = serializers.DictField(
        child=serializers.CharField(), help_text="Mutants that cannot be told apart, and why."
    )
    problems = serializers.ListField(child=serializers.CharField())
