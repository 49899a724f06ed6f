class JudgeError(Exception):
    """Our fault, never the learner's: the task's cases, reference or checker fail, or do not fit together."""
