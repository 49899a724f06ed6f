"""Programs that want more memory than they may have, in every form in which a kernel gives memory away."""

from grader.sandbox import Status
from tests.hostile.attack import SYSCALL, Attack, Raises, Returns, call

MEMORY_LIMIT = Status.MEMORY_LIMIT_EXCEEDED
DENIED = Raises("AssertionError")
_MMAP = SYSCALL + "libc.mmap.restype = ctypes.c_ssize_t\n"

BOMBS = [
    call("8 GiB of ones", "return np.ones(2**30)", MEMORY_LIMIT, "64 MiB"),
    call("8 GiB of bytes", "return bytearray(8 * 2**30)", MEMORY_LIMIT),
    call("8 GiB that are never touched", "return np.empty(2**30)", MEMORY_LIMIT),
    call("a list of 100 million", "return [None] * 10**8", MEMORY_LIMIT),
    call("a string of 1 GB", "return 'x' * 2**30", MEMORY_LIMIT),
    call("slow growth", "keep = []\nwhile True: keep.append(bytearray(2**20))", MEMORY_LIMIT),
    call("slow growth, touched", "keep = []\nwhile True: keep.append(np.ones(2**17))", MEMORY_LIMIT),
    call("growth by doubling", "y = b'x'\nwhile True: y += y", MEMORY_LIMIT),
    call("growth in small objects", "keep = None\nwhile True: keep = (keep, bytes(4096))", MEMORY_LIMIT),
    Attack("8 GiB at import", "x = bytearray(8 * 2**30)", MEMORY_LIMIT),
    call(
        "decompression",
        "import zlib\nz = zlib.compress(bytes(2**25), 1)\nkeep = []\nwhile True: keep.append(zlib.decompress(z))",
        MEMORY_LIMIT,
    ),
]
# End by time and not by memory where only the address space is limited: they go on after a MemoryError.
STUBBORN = [
    call(
        "memory errors caught and tried again",
        "keep = []\nwhile True:\n    try: keep.append(bytearray(2**16))\n    except MemoryError: pass",
        MEMORY_LIMIT,
    ),
    call(
        "endless recursion with a raised limit",
        "sys.setrecursionlimit(10**9)\ndef g(): return g()\ng()",
        MEMORY_LIMIT,
    ),
]

MAPPINGS = [
    call("shared memory", _MMAP + "assert libc.mmap(None, 4096, 3, 0x21, -1, 0) != -1", DENIED),
    call("growing mapping", _MMAP + "assert libc.mmap(None, 4096, 3, 0x122, -1, 0) != -1", DENIED),
    call("8 GiB without access", _MMAP + "assert libc.mmap(None, 2**33, 0, 0x22, -1, 0) != -1", DENIED),
    call("8 GiB reserved only", _MMAP + "assert libc.mmap(None, 2**33, 3, 0x4022, -1, 0) != -1", DENIED),
    call(
        "grow a mapping by remapping",
        _MMAP + "libc.mremap.restype = ctypes.c_ssize_t\n"
        "start = libc.mmap(None, 4096, 3, 0x22, -1, 0)\n"
        "assert libc.mremap(ctypes.c_void_p(start), ctypes.c_size_t(4096), ctypes.c_size_t(2**33), 1) != -1",
        DENIED,
    ),
    call("grow the heap", SYSCALL + "libc.sbrk.restype = ctypes.c_ssize_t\nassert libc.sbrk(2**30) != -1", DENIED),
    call(
        "shared mapping of a library",
        _MMAP + "assert libc.mmap(None, 4096, 1, 1, os.open(np.__file__, 0), 0) != -1",
        DENIED,
    ),
    call("memfd", "os.memfd_create('x')", Raises("PermissionError")),
    call("secret memory", SYSCALL + "assert libc.syscall(447, 0) >= 0", DENIED),
    call("locked memory", SYSCALL + "assert libc.mlockall(1) == 0", DENIED),
    call("locked page", SYSCALL + "assert libc.mlock(ctypes.create_string_buffer(4096), 4096) == 0", DENIED),
    call("system v memory", SYSCALL + "libc.shmget(0, 4096, 0o1600)", Status.FORBIDDEN_OPERATION),
    call("system v semaphores", SYSCALL + "libc.semget(0, 100, 0o1600)", Status.FORBIDDEN_OPERATION),
    call("system v messages", SYSCALL + "libc.msgget(0, 0o1600)", Status.FORBIDDEN_OPERATION),
    call("message queue", "ctypes.CDLL(None).mq_open(b'/hostile', 66, 0o600, None)", Status.FORBIDDEN_OPERATION),
    call("named semaphore", SYSCALL + "assert libc.sem_open(b'/hostile', 66, 0o600, 1) != 0", DENIED),
    call("posix shared memory", SYSCALL + "assert libc.shm_open(b'/hostile', 66, 0o600) >= 0", DENIED),
    call("pipes full of data", "keep = [os.pipe() for _ in range(10)]", Raises("PermissionError")),
    call("events", "os.eventfd(0)", Raises("PermissionError")),
    call("file watches", SYSCALL + "assert libc.inotify_init() >= 0", DENIED),
    call("epoll", "import select; select.epoll()", Raises("PermissionError")),
    call("timers", SYSCALL + "assert libc.timerfd_create(1, 0) >= 0", DENIED),
    call(
        "names that do not exist",
        "n = 0\nwhile True:\n    n += 1\n    try: os.stat(f'/tmp/hostile{n}')\n    except OSError: pass",
        Status.TIME_LIMIT_EXCEEDED,
    ),
]

LIMITS = [
    call("raise the limits", "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))", Raises("ValueError")),
    call(
        "raise the limits of another",
        "import resource; resource.prlimit(1, resource.RLIMIT_AS, (-1, -1))",
        Raises("PermissionError"),
    ),
    call(
        "be spared when memory runs out",
        "open('/proc/self/oom_score_adj', 'w').write('-1000')",
        Raises("FileNotFoundError"),
    ),
    call("return its own memory", "return ctypes.string_at(id(f), 64) != b''", Returns(True)),
]

MEMORY = BOMBS + STUBBORN + MAPPINGS + LIMITS
