import subprocess
import sys


def test_the_numpy_references_work_without_torch():
    """A process that judges NumPy submissions must not pay for torch: importing it takes seconds."""
    program = (
        "import sys, mlcore, mlcore.numpy.losses, mlcore.numpy.activations, mlcore.numpy.convolution;"
        "print('torch' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"
