class CertificationError(Exception):
    """Certification cannot be carried out as things stand: says what is in the way and what to do."""
