"""What a certificate says, in one fixed form, and this server's signature of it (Ed25519, RFC 8032).

The key is derived from SECRET_KEY, so there is no second secret to keep. A signature holds as long as this server knows
the key that made it: when SECRET_KEY is replaced, the old one goes into SECRET_KEY_FALLBACKS.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from lms.progress.models import CourseCertificate

FORMAT = 1
PURPOSE = b"baremath course certificate 1"


class CertificateFileError(ValueError):
    """Not the file of a certificate; the message says what is missing."""


def content_of(certificate: CourseCertificate) -> dict[str, Any]:
    """Return all that is signed."""
    return {
        "format": FORMAT,
        "id": str(certificate.id),
        "course": {"slug": certificate.course_slug, "title": certificate.course_title},
        "name": certificate.name,
        "issued": certificate.issued.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "tasks": certificate.tasks,
    }


def document_of(certificate: CourseCertificate, address: str) -> dict[str, Any]:
    """Return the certificate as a file, with the signature and where its page is."""
    content = content_of(certificate)
    key = signer_of(content, certificate.signature)
    return {
        "certificate": content,
        "signature": {"algorithm": "Ed25519", "public_key": key, "value": certificate.signature},
        "address": address,
    }


def canonical(content: dict[str, Any]) -> bytes:
    """Return the bytes that are signed: JSON with sorted keys, without spaces, in UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")


def sign(content: dict[str, Any]) -> str:
    return _text(next(_keys()).sign(canonical(content)))


def signer_of(content: dict[str, Any], signature: str) -> str | None:
    """Return the public key of this server that the signature of exactly this content verifies with; None if none.

    With that key anybody can check the signature without this server.
    """
    try:
        raw = urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    except (Base64Error, ValueError):
        return None
    message = canonical(content)
    return next((_text(key.public_bytes_raw()) for key in map(_public, _keys()) if _verifies(key, raw, message)), None)


def content_of_file(text: str) -> tuple[dict[str, Any], str]:
    """Return content and signature of a certificate's file. Raises CertificateFileError."""
    try:
        document = json.loads(text)
        content, signature = document["certificate"], document["signature"]["value"]
    except (ValueError, KeyError, TypeError):
        content, signature = None, None
    if not isinstance(content, dict) or not isinstance(signature, str):
        raise CertificateFileError("This is not the file of a certificate: download it from the certificate's page.")
    return content, signature


def _public(key: Ed25519PrivateKey) -> Ed25519PublicKey:
    return key.public_key()


def _verifies(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _keys() -> Iterator[Ed25519PrivateKey]:
    """Yield the key that signs, then those that have signed before."""
    for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
        yield Ed25519PrivateKey.from_private_bytes(seed)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
