"""The command line `baremath`: a learner's or a class's work from a terminal, through the REST API alone.

Only the standard library, click, httpx and rich: a laptop installs it without the server. What is slow to import
(httpx, rich) is imported by the function that needs it, so that `--help` and completion answer at once.
"""
