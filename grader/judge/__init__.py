"""From a task and a source to a verdict: cases, outputs, checks, feedback. No Django in here."""
