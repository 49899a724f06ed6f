"""The hostile programs, by what they attack."""

from tests.hostile.programs.files import FILES
from tests.hostile.programs.inputs import INPUTS
from tests.hostile.programs.kernel import KERNEL
from tests.hostile.programs.memory import MEMORY
from tests.hostile.programs.network import NETWORK
from tests.hostile.programs.processes import PROCESSES
from tests.hostile.programs.results import RESULTS
from tests.hostile.programs.sources import SOURCES
from tests.hostile.programs.tensors import TENSORS

GROUPS = {
    "processes": PROCESSES,
    "memory": MEMORY,
    "files": FILES,
    "kernel": KERNEL,
    "network": NETWORK,
    "results": RESULTS,
    "inputs": INPUTS,
    "sources": SOURCES,
}
TENSOR_GROUPS = {"tensors": TENSORS} | {
    name: GROUPS[name] for name in ("processes", "files", "kernel", "network", "inputs")
}
