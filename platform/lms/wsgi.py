"""WSGI entry point: pages and API under gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from lms import tracing
from lms.settling import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
tracing.start()
application = get_wsgi_application()
settle()
