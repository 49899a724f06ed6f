import subprocess
import sys


def test_the_numpy_references_work_without_torch():
    """A process that judges NumPy submissions must not pay for torch: importing it takes seconds."""
    program = (
        "import importlib, pkgutil, sys, mlcore.numpy\n"
        "for module in pkgutil.iter_modules(mlcore.numpy.__path__, 'mlcore.numpy.'):\n"
        "    importlib.import_module(module.name)\n"
        "print('mlcore.numpy.losses' in sys.modules, 'torch' in sys.modules)\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "True False\n"
