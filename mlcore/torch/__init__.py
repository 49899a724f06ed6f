"""The references on PyTorch tensors: differentiable, in float64, on the device of their inputs."""
