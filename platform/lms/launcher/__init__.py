"""`manage.py up`: all of Baremath on one machine, from one terminal.

    launcher ─┬─ valkey     the embedded broker, unless REDIS_URL names another
              ├─ worker     Celery; its pool processes hold the jails
              ├─ sweeper    finds submissions that a dead worker or broker left behind
              └─ web        pages, API and event stream

The launcher binds the port itself and hands the socket to the web server: a taken port is known before anything
starts, and a web server that is restarted refuses no one. Each service gets a session of its own, so that Ctrl+C
reaches the launcher only, which stops them in order; each asks the kernel to be killed when the launcher dies, as
Celery's pool processes do of the worker, so that even `kill -9` leaves nothing behind.
"""
