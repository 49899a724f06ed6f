"""The reference models that submissions are held against: each function twice, in `mlcore.numpy` and `mlcore.torch`.

Twins have the same module, name, signature and meaning. The NumPy twin is the definition (float64, formula and
source in its docstring); the PyTorch twin is differentiable and stays on the device of its inputs.
"""
