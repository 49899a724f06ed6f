"""Telling programs of verdicts: a row in the verdict's own transaction, sent by the sweeper until it has arrived."""
