"""How messages reach the broker."""

from celery import current_app

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
