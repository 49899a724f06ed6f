"""Proof that a task's tests reject what is wrong and accept what is right. No Django in here.

`plan.proofs` lists what is to be shown about a task; a `Certifier` has processes carry it out through the real judge
and the real jail, and makes a `Certificate` of the results.
"""

from grader.certification.certificate import Certificate
from grader.certification.certifier import Certifier
from grader.certification.errors import CertificationError
from grader.certification.fingerprint import fingerprint
from grader.certification.record import read_record, write_record

__all__ = ["Certificate", "CertificationError", "Certifier", "fingerprint", "read_record", "write_record"]
