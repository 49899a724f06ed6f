"""The REST API, version 1: thin views over services and selectors."""
