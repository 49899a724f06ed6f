"""Programs that try to break out, starve the grader or forge a result, each with the outcome it must get.

Every program defines `f(x)`. `Raises("X")` means: the run completes and the call itself raised X.
"""

import platform
from dataclasses import dataclass

from grader.sandbox import Status


@dataclass(frozen=True)
class Raises:
    type: str


@dataclass(frozen=True)
class Hostile:
    name: str
    source: str
    expected: Status | Raises
    detail: str = ""  # a part of the sentence the learner reads


def _call(name: str, body: str, expected: Status | Raises, detail: str = "") -> Hostile:
    """Return a program whose `f` has `body`."""
    lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
    return Hostile(
        name, f"import ctypes, os, sys, time, signal\nimport numpy as np\ndef f(x):\n{lines}\n", expected, detail
    )


_SYSCALL = "libc = ctypes.CDLL(None, use_errno=True)\n"

PROCESSES = [
    _call("fork", "for _ in range(1000): os.fork()", Status.FORBIDDEN_OPERATION, "processes"),
    _call("thread", "import threading; threading.Thread(target=print).start()", Status.FORBIDDEN_OPERATION),
    _call("subprocess", "import subprocess; subprocess.run(['/bin/sh', '-c', 'id'])", Raises("PermissionError")),
    _call("execve", "os.execv(sys.executable, [sys.executable])", Status.FORBIDDEN_OPERATION),
    _call("system", "os.system('id')", Status.FORBIDDEN_OPERATION),
    _call("kill everyone", "os.kill(-1, signal.SIGKILL)", Raises("PermissionError")),
    _call("kill the parent", "os.kill(os.getppid(), signal.SIGKILL)", Raises("PermissionError")),
    _call("ptrace", _SYSCALL + "libc.ptrace(16, 1, 0, 0)", Status.FORBIDDEN_OPERATION),
    _call("read another process", _SYSCALL + "libc.process_vm_readv(1, 0, 0, 0, 0, 0)", Status.FORBIDDEN_OPERATION),
    _call("endless loop", "while True: pass", Status.TIME_LIMIT_EXCEEDED, "computed for more than"),
    Hostile("endless import", "while True: pass", Status.TIME_LIMIT_EXCEEDED),
    _call(
        "loop with every signal ignored",
        """
for number in set(range(1, 65)) - {9, 19, 32, 33}:
    signal.signal(number, signal.SIG_IGN)
while True:
    try:
        while True: pass
    except BaseException: pass
""",
        Status.TIME_LIMIT_EXCEEDED,
    ),
    _call("sleep", "time.sleep(3600)", Status.TIME_LIMIT_EXCEEDED, "took more than"),
    _call("one long call in C", "sum(range(10**11))", Status.TIME_LIMIT_EXCEEDED),
    _call("backtracking", "import re; re.match('(a+)+$', 'a' * 50 + 'b')", Status.TIME_LIMIT_EXCEEDED),
    _call(
        "patched clock",
        "time.time = time.monotonic = time.perf_counter = lambda: 0\nwhile True: pass",
        Status.TIME_LIMIT_EXCEEDED,
    ),
    _call("os._exit", "os._exit(0)", Status.RUN_TIME_ERROR, "ended itself (exit code 0)"),
    _call("sys.exit", "sys.exit(0)", Raises("SystemExit")),
    Hostile("sys.exit at import", "import sys; sys.exit(0)", Status.RUN_TIME_ERROR, "imported"),
    _call("keyboard interrupt", "raise KeyboardInterrupt", Raises("KeyboardInterrupt")),
    _call("recursion", "def g(n): return g(n + 1)\nreturn g(0)", Raises("RecursionError")),
    _call(
        "recursion in C",
        "sys.setrecursionlimit(10**9)\nv = []\nfor _ in range(2 * 10**5): v = [v]\nreturn repr(v)",
        Status.RUN_TIME_ERROR,
        "SIGSEGV",
    ),
    _call("segmentation fault", "ctypes.string_at(0)", Status.RUN_TIME_ERROR, "SIGSEGV"),
    _call("abort", "os.abort()", Status.RUN_TIME_ERROR, "crashed"),
    _call("raise in __str__", "class E(Exception):\n    def __str__(self): raise self\nraise E", Raises("E")),
]

MEMORY = [
    _call("8 GiB of zeros that are touched", "return np.ones(2**30)", Status.MEMORY_LIMIT_EXCEEDED, "64 MiB"),
    _call("8 GiB of bytes", "return bytearray(8 * 2**30)", Status.MEMORY_LIMIT_EXCEEDED),
    _call("slow growth", "keep = []\nwhile True: keep.append(bytearray(2**20))", Status.MEMORY_LIMIT_EXCEEDED),
    _call("slow growth, touched", "keep = []\nwhile True: keep.append(np.ones(2**17))", Status.MEMORY_LIMIT_EXCEEDED),
    Hostile("8 GiB at import", "x = bytearray(8 * 2**30)", Status.MEMORY_LIMIT_EXCEEDED),
    _call(
        "endless recursion with a raised limit",
        "sys.setrecursionlimit(10**9)\ndef g(): return g()\ng()",
        Status.MEMORY_LIMIT_EXCEEDED,
    ),
    _call(
        "shared memory",
        _SYSCALL + "libc.mmap.restype = ctypes.c_ssize_t\nassert libc.mmap(None, 4096, 3, 0x21, -1, 0) != -1",
        Raises("AssertionError"),
    ),
    _call(
        "growing mapping",
        _SYSCALL + "libc.mmap.restype = ctypes.c_ssize_t\nassert libc.mmap(None, 4096, 3, 0x122, -1, 0) != -1",
        Raises("AssertionError"),
    ),
    _call("memfd", "os.memfd_create('x')", Raises("PermissionError")),
    _call(
        "executable memory",
        _SYSCALL + "libc.mmap.restype = ctypes.c_ssize_t\nassert libc.mmap(None, 4096, 7, 0x22, -1, 0) != -1",
        Raises("AssertionError"),
    ),
    _call("locked memory", _SYSCALL + "assert libc.mlockall(1) == 0", Raises("AssertionError")),
    _call("system v memory", _SYSCALL + "libc.shmget(0, 4096, 0o1600)", Status.FORBIDDEN_OPERATION),
    _call(
        "raise the limits", "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))", Raises("ValueError")
    ),
]

FILES = [
    _call("list the root", "return os.listdir('/')", Raises("PermissionError")),
    _call("list the guest code", "return os.listdir('/jail/code/guest')", Raises("PermissionError")),
    _call("read /etc/passwd", "return open('/etc/passwd').read()", Raises("FileNotFoundError")),
    _call("read the environment of others", "return open('/proc/1/environ').read()", Raises("FileNotFoundError")),
    _call("read its own maps", "return open('/proc/self/maps').read()", Raises("FileNotFoundError")),
    _call("import mlcore", "import mlcore", Raises("ModuleNotFoundError")),
    _call("import the judge", "import grader", Raises("ModuleNotFoundError")),
    _call("import django", "import django", Raises("ModuleNotFoundError")),
    _call("write to a library", "open(np.__file__, 'a')", Raises("OSError")),
    _call("write to the root", "open('/x', 'w')", Raises("OSError")),
    _call("symbolic link", "os.symlink('/', '/tmp/x')", Raises("PermissionError")),
    _call("fifo", "os.mkfifo('/tmp/x')", Raises("PermissionError")),
    _call("device", "open('/dev/null', 'w')", Raises("PermissionError")),
    _call("fill the scratch", "open('/tmp/x', 'wb').write(bytes(17 * 2**20))", Raises("OSError")),
    _call("exhaust inodes", "for i in range(1000): open(f'/tmp/{i}', 'w').close()", Raises("OSError")),
    _call("exhaust descriptors", "keep = [open(np.__file__) for _ in range(100)]", Raises("OSError")),
    _call(
        "lock a library", _SYSCALL + "assert libc.flock(open(np.__file__).fileno(), 1) == 0", Raises("AssertionError")
    ),
    _call(
        "lock a range of a library",
        _SYSCALL + "assert libc.lockf(open(np.__file__).fileno(), 1, 0) == 0",
        Raises("AssertionError"),
    ),
]

KERNEL = [
    _call("unshare", _SYSCALL + "libc.unshare(0x10000000)", Status.FORBIDDEN_OPERATION),
    _call("setns", _SYSCALL + "libc.setns(0, 0)", Status.FORBIDDEN_OPERATION),
    _call("mount", _SYSCALL + "libc.mount(b'x', b'/tmp', b'tmpfs', 0, 0)", Status.FORBIDDEN_OPERATION),
    _call("chroot", "os.chroot('/tmp')", Status.FORBIDDEN_OPERATION),
    _call("setuid", "os.setuid(0)", Status.FORBIDDEN_OPERATION),
    _call("personality", _SYSCALL + "libc.personality(0)", Status.FORBIDDEN_OPERATION),
    _call("prctl", _SYSCALL + "assert libc.prctl(4, 1, 0, 0, 0) == 0", Raises("AssertionError")),
    _call("priority", "os.nice(5)", Raises("PermissionError")),
    _call("choose a core", "os.sched_setaffinity(0, {0})", Raises("PermissionError")),
    _call("clone3", _SYSCALL + "assert libc.syscall(435, 0, 0) == 0, ctypes.get_errno()", Raises("AssertionError")),
    _call("vmsplice", _SYSCALL + "assert libc.vmsplice(1, 0, 0, 0) == 0", Raises("AssertionError")),
]

# Numbers of x86-64, so that neither glibc nor ctypes stands between the program and the filter.
X86 = [
    *(
        _call(name, _SYSCALL + f"libc.syscall({number}, 0, 0, 0, 0, 0, 0)", Status.FORBIDDEN_OPERATION)
        for name, number in {"io_uring": 425, "bpf": 321, "perf": 298, "keyctl": 250, "userfaultfd": 323}.items()
    ),
    _call("x32", _SYSCALL + "libc.syscall(0x40000000 + 39)", Status.FORBIDDEN_OPERATION),
]

NETWORK = [
    *(
        _call(
            f"socket of family {family}", f"import socket; socket.socket({family}, {kind})", Status.FORBIDDEN_OPERATION
        )
        for family, kind in {"AF_INET": 1, "AF_INET6": 2, "AF_UNIX": 1, "AF_NETLINK": 3, "AF_VSOCK": 1}.items()
        for family in [f"socket.{family}"]
    ),
    _call("dns", "import socket; socket.getaddrinfo('localhost', 80)", Status.FORBIDDEN_OPERATION),
    _call(
        "http", "import urllib.request; urllib.request.urlopen('http://169.254.169.254/')", Status.FORBIDDEN_OPERATION
    ),
]

# The guest code is loaded in every child, so a program can write frames as well formed as the real ones.
_FRAME = """
from guest.frames import Kind, pack
answer = {"value": 1.0, "error": None, "memory": False, "inputs_after": None, "unsupported": ""}
def frame(number, answer=answer): return pack(Kind.RESULT, number, answer)
"""

RESULTS = [
    _call(
        "garbage on every descriptor",
        "for fd in range(32):\n    try: os.write(fd, b'x' * 100)\n    except OSError: pass\nreturn x",
        Status.RUN_TIME_ERROR,
        "channel",
    ),
    _call(
        "answer to a later call", _FRAME + "os.write(4, frame(2)); time.sleep(3600)", Status.RUN_TIME_ERROR, "channel"
    ),
    _call(
        "two answers at once",
        _FRAME + "os.write(4, frame(1) + frame(2)); time.sleep(3600)",
        Status.RUN_TIME_ERROR,
        "channel",
    ),
    _call(
        "answer of a wrong form",
        _FRAME + "os.write(4, frame(1, answer | {'verdict': 'accepted'})); time.sleep(3600)",
        Status.RUN_TIME_ERROR,
        "channel",
    ),
    Hostile(
        "bytes before they were asked for",
        "import os\nos.write(4, b'BMF1')\ndef f(x): return x\n",
        Status.RUN_TIME_ERROR,
        "channel",
    ),
    Hostile(
        "answer in place of the import",
        _FRAME + "import os, time\nos.write(4, frame(0)); time.sleep(3600)",
        Status.RUN_TIME_ERROR,
        "channel",
    ),
    _call(
        "oversized frame",
        "os.write(4, b'BMF1\\x05\\0\\0\\0\\x01\\0\\0\\0' + b'\\xff' * 8)\ntime.sleep(3600)",
        Status.OUTPUT_LIMIT_EXCEEDED,
    ),
    _call("truncated frame", _FRAME + "os.write(4, frame(1)[:-1]); os._exit(0)", Status.RUN_TIME_ERROR, "ended itself"),
    _call(
        "overflowing shape",
        _FRAME
        + "data = frame(1, answer | {'value': np.zeros((2, 2))})\n"
        + "os.write(4, data.replace(b'\\x02' + b'\\0' * 7, b'\\xff' * 8)); time.sleep(3600)",
        Status.RUN_TIME_ERROR,
        "channel",
    ),
    _call(
        "one byte a second",
        _FRAME + "for byte in frame(1):\n    os.write(4, bytes([byte])); time.sleep(1)",
        Status.TIME_LIMIT_EXCEEDED,
    ),
    _call(
        "closed channels",
        "for fd in range(32):\n    try: os.close(fd)\n    except OSError: pass\nreturn x",
        Status.RUN_TIME_ERROR,
    ),
    _call("closed results, then sleep", "os.close(4); time.sleep(3600)", Status.RUN_TIME_ERROR, "closed its channels"),
    _call("does not read its calls", "os.close(3); time.sleep(3600)", Status.TIME_LIMIT_EXCEEDED),
    _call(
        "print 1 GB", "line = 'x' * 2**16\nfor _ in range(2**14): print(line)", Status.OUTPUT_LIMIT_EXCEEDED, "16 KiB"
    ),
    Hostile("print 1 GB at import", "import os\nwhile True: os.write(2, b'x' * 2**16)", Status.OUTPUT_LIMIT_EXCEEDED),
    _call(
        "print from C", "libc = ctypes.CDLL(None)\nwhile True: libc.dprintf(1, b'spam')", Status.OUTPUT_LIMIT_EXCEEDED
    ),
    _call("return too much", "return np.zeros(2**20 * 2 // 8 + 20000)", Status.OUTPUT_LIMIT_EXCEEDED, "2 MiB"),
    _call("return a million parts", "return list(range(10**6))", Raises("FrameError")),
    _call("huge integer", "return 10**10**5", Raises("FrameError")),
    _call("patched os.write", "os.write = lambda fd, data: len(data)", Status.TIME_LIMIT_EXCEEDED),
    _call("patched numpy", "np.ndarray = np.array = np.asarray = None\nreturn x", Raises("TypeError")),
    _call("cleared modules", "sys.modules.clear()\nreturn x", Status.COMPLETED),
]

SOURCES = [
    Hostile("not Python", "def f(x:\n", Status.SYNTAX_ERROR),
    Hostile("100 MB", "x = 1\n" * (100 * 2**20 // 6), Status.SYNTAX_ERROR, "bytes"),
    Hostile("NUL", "x = 1\0", Status.SYNTAX_ERROR),
    Hostile("surrogate", "x = '\ud800'\ndef f(x): return x\n", Status.COMPLETED),
    Hostile("byte order mark", "\ufeffdef f(x): return x\n", Status.COMPLETED),
    Hostile("deep expression", "x = " + "(" * 10_000 + ")" * 10_000, Status.SYNTAX_ERROR),
    Hostile("deep attribute", "x = a" + ".a" * 100_000, Status.SYNTAX_ERROR),
    Hostile("compile bomb", "x = (" + "1," * 20_000 + ")\ndef f(x): return x\n", Status.COMPLETED),
    Hostile("raises at import", "1 / 0", Status.RUN_TIME_ERROR, "imported"),
    Hostile("empty", "", Raises("NameError")),
]

PROGRAMS = (
    (X86 if platform.machine() == "x86_64" else []) + PROCESSES + MEMORY + FILES + KERNEL + NETWORK + RESULTS + SOURCES
)
