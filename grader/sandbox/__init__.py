"""The jail in which learner code runs. `supervisor.py` opens with the theory of operation."""
