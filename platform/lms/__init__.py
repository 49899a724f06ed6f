"""The Django project, and beside it the command line (`cli`), which is installed without the server's packages.

So importing the package must import nothing; `lms.launcher.apps` makes the Celery application the current one.
"""
