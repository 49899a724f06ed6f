"""The resources of /api/v1/, a module for each noun."""
