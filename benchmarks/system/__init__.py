"""The whole system under load: the services of docker-compose.yml as plain processes, and what to send them."""
