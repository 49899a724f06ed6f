"""What gunicorn needs beyond its command in docker-compose.yml: its first process, too, logs as everybody does."""

from lms.settings import LOGGING

logconfig_dict = LOGGING
