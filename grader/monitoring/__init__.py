"""What is going on, in numbers: for Prometheus (/metrics) and for staff (Queue and workers in the admin panel).

Nothing is counted along the way. Everything is computed when somebody asks, from the database and the heartbeats of the
worker processes, so that any process can answer for all of them.
"""
