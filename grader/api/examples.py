"""What the OpenAPI document shows. Tests send the requests, and hold the answers to the schema."""

from typing import Any

HOST = "http://localhost:8000/api/v1"
SOURCE = "def mean_squared_error(y_pred, y_true):\n    return ((y_pred - y_true) ** 2).mean()\n"
ID = "7d0d3c0e-4b0f-4a53-9d3f-2f6f0f6c9a51"

TASK: dict[str, Any] = {
    "slug": "mean-squared-error",
    "url": f"{HOST}/tasks/mean-squared-error/",
    "title": "Mean squared error",
    "course": "supervised-learning",
    "lesson": "loss-functions",
    "difficulty": 1,
    "backends": ["numpy", "torch"],
    "concepts": ["loss functions"],
    "prerequisites": [],
    "max_score": 4.0,
    "version": "6b1f0c2e",
    "state": "begun",
}
SUBMISSION_REQUEST = {"task": "mean-squared-error", "backend": "numpy", "source": SOURCE}
SUBMISSION_CREATED = {"id": ID, "url": f"{HOST}/submissions/{ID}/", "status": "queued"}
SUBMISSION: dict[str, Any] = {
    "id": ID,
    "url": f"{HOST}/submissions/{ID}/",
    "task": "mean-squared-error",
    "backend": "numpy",
    "status": "graded",
    "verdict": "accepted",
    "score": 4.0,
    "max_score": 4.0,
    "created": "2027-01-15T09:30:00Z",
}
OWN_RUN_REQUEST = SUBMISSION_REQUEST | {"inputs": {"y_true": "[1.0, 2.0]", "y_pred": "[1.5, 2.0]"}}
RUN_CREATED = {"id": ID, "url": f"{HOST}/runs/{ID}/", "status": "queued", "events": f"{HOST}/runs/{ID}/events/"}
