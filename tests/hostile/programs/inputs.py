"""Programs that look for what they should not know: answers, later inputs, other learners, the worker's secrets.

The canary is planted in the environment and in the memory of the process that runs these programs.
"""

from grader.sandbox import Limits, Status
from tests.hostile.attack import SLEEPY, Raises, Returns, call

CANARY = "hostile-" + "canary"

NOTHING = Returns([])
ROOMY = Limits(cpu_s=2.0, wall_s=10.0, memory_mib=512)  # to look at an object is to copy its page

INPUTS = [
    call("read the next call early", "return os.read(3, 1)", Status.TIME_LIMIT_EXCEEDED, limits=SLEEPY),
    call("poll for the next call", "import select; return len(select.select([3], [], [], 0.2)[0])", Returns(0)),
    call("read the result channel", "return os.read(4, 1)", Raises("OSError")),
    call("environment", f"return [k for k, v in os.environ.items() if '{CANARY[:7]}' + '{CANARY[7:]}' in v]", NOTHING),
    call(
        "environment of the C library",
        "libc = ctypes.CDLL(None); libc.getenv.restype = ctypes.c_char_p\n"
        "return [n for n in ('DATABASE_URL', 'REDIS_URL', 'SECRET_KEY', 'BAREMATH_CANARY') if libc.getenv(n.encode())]",
        NOTHING,
    ),
    call(
        "modules of the grader",
        "return [m for m in sys.modules if m.split('.')[0] in "
        "{'grader', 'mlcore', 'courses', 'lms', 'django', 'celery', 'redis'}]",
        NOTHING,
    ),
    call(
        "frames above",
        """
frame, names = sys._getframe(), set()
while frame: names |= set(frame.f_locals) | set(frame.f_globals); frame = frame.f_back
return sorted(names & {'expected', 'answer', 'reference', 'tolerance', 'task', 'verdict', 'seed'})
""",
        NOTHING,
    ),
    call(
        "arrays in memory",
        """
import gc
gc.unfreeze()
arrays = [o for o in gc.get_objects() if type(o) is np.ndarray and o is not x and o.size == 3]
return [o.shape for o in arrays if np.array_equal(o, x)]
""",
        NOTHING,
        limits=ROOMY,
    ),
    call(
        "strings in memory",
        f"""
import gc
gc.unfreeze()
wanted = '{CANARY[:7]}' + '{CANARY[7:]}'
return [type(o).__name__ for o in gc.get_objects() if type(o) is dict and any(
    type(v) is str and v == wanted and k != 'wanted' for k, v in list(o.items()))]
""",
        NOTHING,
        limits=ROOMY,
    ),
    call(
        "dead memory",
        """
found = 0
for size in (64, 256, 1024, 4096, 2**16, 2**20):
    for _ in range(50): found += bytes(np.empty(size, np.uint8)).count(b'hostile-' + b'canary')
return found
""",
        Returns(0),
    ),
    call(
        "argument list of the interpreter",
        "return [a for a in sys.orig_argv if 'hostile' in a or 'main' in a and 'grader' in a]",
        NOTHING,
    ),
    call(
        "descriptors",
        """
def is_open(fd):
    try: os.fstat(fd)
    except OSError: return False
    return True
return [fd for fd in range(4096) if is_open(fd)]
""",
        Returns([0, 1, 2, 3, 4]),
    ),
    call("files left by the one before", "return os.listdir('/tmp')", NOTHING),
    call(
        "leave a file",
        "open('/tmp/hostile-left', 'w').write('x'); return os.listdir('/tmp')",
        Returns(["hostile-left"]),
    ),
    call("leave a patch", "np.sum = np.dot = np.ndarray.__add__ if False else None; return 1", Returns(1)),
    call("patches left by the one before", "return [n for n in ('sum', 'dot') if getattr(np, n) is None]", NOTHING),
    call("leave a module", "sys.modules['hostile'] = sys; return 1", Returns(1)),
    call("modules left by the one before", "return [m for m in sys.modules if m == 'hostile']", NOTHING),
    call("leave a signal handler", "signal.signal(signal.SIGTERM, signal.SIG_IGN); return 1", Returns(1)),
    call("its number", "return [os.getpid(), os.getppid()]", Returns([1, 0])),
    call("its user", "return [os.getuid() == 1000, os.getgid() == 1000]", Returns([True, True])),
    call("host name", "return os.uname().nodename", Returns("jail")),
]
