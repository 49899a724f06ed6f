"""Measures the product from outside. Nothing in here is part of it; `python -m benchmarks` says how to use it."""
