"""Programs that want to be more than one process, to outlive their verdict, to touch other processes, or not to end."""

from grader.sandbox import Status
from tests.hostile.attack import SLEEPY, SYSCALL, Attack, Raises, Returns, call

FORBIDDEN = Status.FORBIDDEN_OPERATION
TIME = Status.TIME_LIMIT_EXCEEDED
CRASH = Status.RUN_TIME_ERROR
DENIED = Raises("PermissionError")

MULTIPLY = [
    call("fork bomb", "for _ in range(1000): os.fork()", FORBIDDEN, "processes"),
    call("thread bomb", "import threading\nfor _ in range(1000): threading.Thread(target=print).start()", FORBIDDEN),
    call(
        "daemon that outlives the verdict",
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: time.sleep(3600)\n    os._exit(0)",
        FORBIDDEN,
    ),
    call("pseudo terminal", "os.forkpty()", Raises("FileNotFoundError")),
    call("spawn", "os.posix_spawn(sys.executable, ['python'], {})", FORBIDDEN),
    call("subprocess", "import subprocess; subprocess.run(['/bin/sh', '-c', 'id'])", DENIED),
    call("system", "os.system('id')", FORBIDDEN),
    call("multiprocessing", "import multiprocessing as m; m.Process(target=print).start()", DENIED),
    call("thread pool", "import concurrent.futures as c; c.ThreadPoolExecutor(4).submit(print)", FORBIDDEN),
    call("event loop", "import asyncio; asyncio.run(asyncio.sleep(0))", DENIED),
    call("clone3", SYSCALL + "assert libc.syscall(435, 0, 0) == 0, ctypes.get_errno()", Raises("AssertionError")),
    call("execve", "os.execv(sys.executable, [sys.executable])", FORBIDDEN),
    call("exec of an open file", "os.execve(os.open(np.__file__, os.O_RDONLY), ['x'], {})", FORBIDDEN),
    call("exec from memory", "os.memfd_create('x')", DENIED),
    call(
        "exec from the scratch folder",
        "open('/tmp/hostile', 'wb').write(b'#!/bin/sh\\n')\nos.execv('/tmp/hostile', ['x'])",
        FORBIDDEN,
    ),
]

OTHERS = [
    call("kill everyone", "os.kill(-1, signal.SIGKILL)", DENIED),
    call("kill the parent", "os.kill(os.getppid(), signal.SIGKILL)", DENIED),
    call("kill a sibling", "for pid in range(2, 400): os.kill(pid, signal.SIGKILL)", DENIED),
    call(
        "kill threads by number",
        SYSCALL + "assert any(libc.tgkill(pid, pid, 9) == 0 for pid in range(2, 40_000))",
        Raises("AssertionError"),
    ),
    call("pidfd of a sibling", "os.pidfd_open(2)", DENIED),
    call("ptrace", SYSCALL + "libc.ptrace(16, 1, 0, 0)", FORBIDDEN),
    call("let itself be traced", SYSCALL + "libc.ptrace(0, 0, 0, 0)", FORBIDDEN),
    call("read another process", SYSCALL + "libc.process_vm_readv(1, 0, 0, 0, 0, 0)", FORBIDDEN),
    call("write another process", SYSCALL + "libc.process_vm_writev(1, 0, 0, 0, 0, 0)", FORBIDDEN),
    call("signal itself like the filter", "signal.raise_signal(signal.SIGSYS)", Returns()),
    call("stop itself", "signal.raise_signal(signal.SIGSTOP)", Returns()),
    call("kill itself like the kernel", "signal.raise_signal(signal.SIGKILL)", Returns()),
]

_IGNORE_SIGNALS = """
for number in set(range(1, 65)) - {9, 19, 32, 33}:
    signal.signal(number, signal.SIG_IGN)
while True:
    try:
        while True: pass
    except BaseException: pass
"""
TIME_WASTERS = [
    call("endless loop", "while True: pass", TIME, "computed for more than"),
    Attack("endless import", "while True: pass", TIME),
    call("loop with every signal ignored", _IGNORE_SIGNALS, TIME),
    call("sleep", "time.sleep(3600)", TIME, "took more than", limits=SLEEPY),
    call("wait for input", "return sys.stdin.read()", Returns("")),
    call("wait on nothing", "import select; select.select([], [], [])", TIME, limits=SLEEPY),
    call(
        "lock itself", "import threading\nlock = threading.Lock()\nlock.acquire(); lock.acquire()", TIME, limits=SLEEPY
    ),
    call("one long call in C", "sum(range(10**11))", TIME),
    call("one long call in BLAS", "y = np.ones((1500, 1500))\nwhile True: y = y @ y", TIME),
    call("power tower", "return 9**9**9", TIME),
    call("backtracking", "import re; re.match('(a+)+$', 'a' * 50 + 'b')", TIME),
    call("backtracking of nested groups", "import re; re.fullmatch(r'((a?){40}){40}(a*)*b', 'a' * 200)", TIME),
    call("patched clock", "time.time = time.monotonic = time.perf_counter = lambda: 0\nwhile True: pass", TIME),
    call("timer that never fires", "signal.setitimer(signal.ITIMER_REAL, 0.01)", Raises("itimer_error")),
    call(
        "finally that never ends",
        "try: raise ValueError\nfinally:\n    while True: pass",
        TIME,
    ),
    call("system calls without end", "while True: os.getppid()", TIME),
]

ENDS = [
    call("os._exit", "os._exit(0)", CRASH, "ended itself (exit code 0)"),
    call("exit code of the guest", "os._exit(70)", CRASH, "ended itself"),
    call("sys.exit", "sys.exit(0)", Raises("SystemExit")),
    Attack("sys.exit at import", "import sys; sys.exit(0)", CRASH, "imported"),
    call("keyboard interrupt", "raise KeyboardInterrupt", Raises("KeyboardInterrupt")),
    call("generator exit", "raise GeneratorExit", Raises("GeneratorExit")),
    call("recursion", "def g(n): return g(n + 1)\nreturn g(0)", Raises("RecursionError")),
    call(
        "recursion in C",
        "v = ()\nfor _ in range(3 * 10**5): v = (v,)\nreturn hash(v)",
        CRASH,
        "SIGSEGV",
    ),
    call("segmentation fault", "ctypes.string_at(0)", CRASH, "SIGSEGV"),
    call("abort", "os.abort()", CRASH, "crashed"),
    call("fatal error in C", "ctypes.pythonapi.Py_FatalError(b'x')", CRASH, "crashed"),
    call("raise in __str__", "class E(Exception):\n    def __str__(self): raise self\nraise E", Raises("E")),
]

PROCESSES = MULTIPLY + OTHERS + TIME_WASTERS + ENDS
