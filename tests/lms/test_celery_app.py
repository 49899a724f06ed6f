"""How messages reach the broker."""

import os
import subprocess
import sys

from celery import current_app
from django.conf import settings

from lms.celery_app import Channel


def test_a_channel_keeps_its_client_until_its_connections_are_gone(broker):
    with current_app.connection_for_write() as connection:
        channel = connection.default_channel
        assert isinstance(channel, Channel)
        with channel.conn_or_acquire() as first, channel.conn_or_acquire() as second:
            assert first is second
            assert first.ping()
        channel._disconnect_pools()  # as after a fork
        with channel.conn_or_acquire() as third:
            assert third is not first
            assert third.ping()


def in_a_fresh_process(program):
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{settings.BASE_DIR}:{settings.BASE_DIR / 'platform'}"}
    environment |= {"DJANGO_SETTINGS_MODULE": "lms.settings"}
    ended = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return ended.stdout


def test_a_process_that_sets_django_up_sends_jobs_through_our_application():
    program = "import django, celery; django.setup(); print(celery.current_app.main)"
    assert in_a_fresh_process(program) == "baremath\n"


def test_the_package_alone_brings_nothing_along():
    assert in_a_fresh_process("import sys, lms; print('celery' in sys.modules)") == "False\n"
