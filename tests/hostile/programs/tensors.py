"""Programs that only torch makes possible."""

from grader.sandbox import Limits, Status
from tests.hostile.attack import Attack, Ending, Raises, Returns, call

_LIMITS = Limits(cpu_s=1.5, wall_s=5.0, memory_mib=64, prints_kib=16, output_mib=2)


def torch(name: str, body: str, expected: Ending, detail: str = "", limits: Limits = _LIMITS) -> Attack:
    return call(name, f"import torch\n{body}", expected, detail, limits=limits)


_LIAR = """
class T(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None): {body}
"""

_ALL_OBJECTS = "import gc; gc.unfreeze()\nkeep = [gc.get_objects()]"  # copies each page that was inherited

TENSORS = [
    torch("sparse", "return torch.eye(2).to_sparse()", Returns(unsupported="Tensor with layout torch.sparse_coo")),
    torch(
        "sparse rows",
        "import warnings; warnings.simplefilter('ignore'); return torch.eye(2).to_sparse_csr()",
        Returns(unsupported="Tensor with layout torch.sparse_csr"),
    ),
    torch("meta", "return torch.ones(2**40, device='meta')", Returns(unsupported="Tensor on device meta")),
    torch(
        "quantised",
        "return torch.quantize_per_tensor(x.float(), 0.1, 0, torch.qint8)",
        Returns(unsupported="Tensor with layout torch.strided"),
    ),
    torch(
        "nested",
        "import warnings; warnings.simplefilter('ignore')\nreturn torch.nested.nested_tensor([x, x[:2]])",
        Raises("RuntimeError"),
    ),
    torch("expanded", "return torch.zeros(1).expand(2**40)", Status.MEMORY_LIMIT_EXCEEDED),
    torch("strided without end", "return torch.as_strided(x, (2**30,), (0,))", Status.MEMORY_LIMIT_EXCEEDED),
    torch(
        "tensor function that lies",
        _LIAR.format(body="return torch.zeros(2)") + "return x.as_subclass(T)",
        Returns(unsupported="T with layout tensor([0., 0.])"),
    ),
    torch(
        "tensor function that exits",
        _LIAR.format(body="os._exit(0)") + "return x.as_subclass(T)",
        Status.RUN_TIME_ERROR,
    ),
    torch(
        "tensor that always equals",
        "class T(torch.Tensor):\n    def __eq__(self, o): return True\n    def detach(self): return x * 0\n"
        "return x.as_subclass(T)",
        Returns([0.0, 0.0, 0.0]),
    ),
    torch(
        "patched torch.Tensor",
        "torch.Tensor.detach = torch.Tensor.numpy = lambda self: self\nreturn x",
        Raises("ValueError"),
    ),
    torch("requires grad", "return (x * torch.ones(3, requires_grad=True)).sum()", Returns(3.0)),
    torch(
        "hook that exits",
        "y = torch.ones(1, requires_grad=True); y.register_hook(lambda g: os._exit(0)); y.sum().backward()",
        Status.RUN_TIME_ERROR,
        "ended itself",
    ),
    torch(
        "thread of autograd",
        "torch.set_num_threads(4); return (torch.ones(500, 500) @ torch.ones(500, 500)).sum()",
        Status.FORBIDDEN_OPERATION,
    ),
    torch("threads between operations", "torch.set_num_interop_threads(4)", Raises("RuntimeError")),
    torch("fork of the engine", "return torch.jit.fork(torch.ones, 3)", Returns(unsupported="Future")),
    torch(
        "data loader with workers",
        "from torch.utils.data import DataLoader\nlist(DataLoader([1, 2], num_workers=2))",
        Raises("PermissionError"),
    ),
    torch(
        "pickle that runs",
        "class P:\n    def __reduce__(self): return os.listdir, ('/',)\n"
        "torch.save(P(), '/tmp/x'); torch.load('/tmp/x', weights_only=False)",
        Raises("PermissionError"),
    ),
    torch("download of a model", "torch.hub.load('pytorch/vision', 'resnet18')", Status.FORBIDDEN_OPERATION),
    torch("shared memory", "torch.ones(3).share_memory_()", Raises("RuntimeError")),
    torch(
        "process group",
        "torch.distributed.init_process_group('gloo', 'tcp://127.0.0.1:1', rank=0, world_size=1)",
        Raises("DistStoreError"),
    ),
    torch("compiler", "return torch.compile(lambda y: y + 1)(x)", Status.TIME_LIMIT_EXCEEDED, limits=Limits(cpu_s=0.2)),
    torch(
        "C++ of its own",
        "from torch.utils.cpp_extension import load_inline\nload_inline('x', 'int f(){return 1;}', functions=['f'])",
        Raises("RuntimeError"),
    ),
    torch("gpu", "return torch.ones(1, device='cuda')", Raises("AssertionError")),
    # A copy of each page that was inherited, in a group that may take less than the zygote has.
    torch("every object of the zygote", f"{_ALL_OBJECTS}\nreturn 1", Returns(1)),
    torch(
        "every object of the zygote, and more",
        f"{_ALL_OBJECTS}\nkeep.append(np.ones(2**24))\nreturn 1",
        Status.MEMORY_LIMIT_EXCEEDED,
        limits=Limits(cpu_s=1.5, wall_s=5.0, memory_mib=128),
    ),
    torch("8 GiB", "return torch.ones(2**31)", Status.MEMORY_LIMIT_EXCEEDED),
    torch("8 GiB, slowly", "keep = []\nwhile True: keep.append(torch.ones(2**18))", Status.MEMORY_LIMIT_EXCEEDED),
    torch(
        "graph without end",
        "y = torch.ones(1000, requires_grad=True)\nwhile True: y = y * 2",
        Status.MEMORY_LIMIT_EXCEEDED,
    ),
    torch("long call in C", "y = torch.ones(600, 600)\nwhile True: y = y @ y", Status.TIME_LIMIT_EXCEEDED),
    torch(
        "memory that is not its own",
        "return torch.frombuffer((ctypes.c_char * 2**20).from_address(4096), dtype=torch.float32)",
        Status.RUN_TIME_ERROR,
        "SIGSEGV",
    ),
]
