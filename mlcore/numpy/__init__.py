"""The references on NumPy arrays, in float64. Nothing in here imports torch."""
