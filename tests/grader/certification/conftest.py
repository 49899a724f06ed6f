from tests.jail import judged, sandboxes

__all__ = ["judged", "sandboxes"]
