"""What an attacker would have, each as a program that returns True once it has it.

In the whole jail none of them does. With one layer off (weakened.py) they show which layers stop what (matrix.py). They
are harmless where they succeed: nothing is written outside of files made for it, nothing grows beyond 200 MiB.
"""

from dataclasses import dataclass

from grader.sandbox import Limits

_HEAD = "import ctypes, os, signal, socket, time\nimport numpy as np\nlibc = ctypes.CDLL(None, use_errno=True)\n"
_IS_OPEN = "def is_open(fd):\n    try: os.fstat(fd)\n    except OSError: return False\n    return True\n"


_ROOMY = Limits(cpu_s=1.0, wall_s=3.0, memory_mib=64, prints_kib=64, output_mib=1)
_BRIEF = Limits(cpu_s=0.1, wall_s=0.4, memory_mib=64)


@dataclass(frozen=True)
class Goal:
    """`body` is that of `f(host)`; `host` is what the attacker knows of the machine, see `Host`."""

    name: str
    body: str
    limits: Limits = _ROOMY

    @property
    def source(self) -> str:
        lines = "\n".join(f"    {line}" for line in self.body.strip().splitlines())
        return f"{_HEAD}def f(host):\n{lines}\n"


GOALS = (
    Goal("start a second process", "return 0 < os.fork() or os._exit(0)"),
    Goal("start 100 processes", "for _ in range(100):\n    if os.fork() == 0: time.sleep(1); os._exit(0)\nreturn True"),
    Goal("start a thread", "import threading\nt = threading.Thread(target=int); t.start(); t.join(); return True"),
    Goal("run a program of the machine", "os.posix_spawn(host['python'], ['python', '-c', ''], {}); return True"),
    Goal(
        "run a program of its own",
        "open('/tmp/x', 'w').write('#!' + host['python']); os.chmod('/tmp/x', 0o755)\n"
        "os.posix_spawn('/tmp/x', ['x'], {}); return True",
    ),
    Goal("see the zygote", "return any(name.isdigit() and name != str(os.getpid()) for name in os.listdir('/proc'))"),
    Goal("signal another process", "[os.kill(pid, 0) for pid in (2, 3, 4) if pid != os.getpid()]; return True"),
    Goal("read the list of mounts", "return bool(open('/proc/self/mountinfo').read())"),
    Goal("read its own memory map", "return bool(open('/proc/self/maps').read())"),
    Goal("trace the zygote", "return libc.ptrace(16, 1, 0, 0) == 0"),
    Goal("read a secret file of the host", "return 'secret' in open(host['secret']).read()"),
    Goal("list the root of the jail", "return bool(os.listdir('/'))"),
    Goal("read the guest code", "return bool(open('/jail/code/guest/child.py').read())"),
    Goal("write a file of the host", "open(host['secret'] + '.written', 'w').write('x'); return True"),
    Goal(
        "write 100 MiB of scratch", "for i in range(10): open(f'/tmp/{i}', 'wb').write(bytes(10 * 2**20))\nreturn True"
    ),
    Goal("write one file of 20 MiB", "open('/tmp/x', 'wb').write(bytes(20 * 2**20)); return True"),
    Goal("make 1,000 files", "for i in range(1000): open(f'/tmp/{i}', 'w').close()\nreturn True"),
    Goal("open 100 files", "keep = [open(np.__file__) for _ in range(100)]; return True"),
    Goal("find a file that another left", "return os.path.exists('/tmp/left')"),
    Goal("lock a file that others see", "return libc.flock(os.open(np.__file__, 0), 1) == 0"),
    Goal("find shared memory", "return libc.shmget(host['shared memory'], 1, 0o600) >= 0"),
    Goal("make a socket", "return socket.socket(socket.AF_INET, socket.SOCK_STREAM).fileno() > 0"),
    Goal("reach a port of the host", "socket.create_connection(('127.0.0.1', host['port']), 1); return True"),
    Goal(
        "reach an abstract socket of the host", "socket.socket(socket.AF_UNIX).connect(host['abstract']); return True"
    ),
    Goal("change the host name", "return libc.sethostname(b'hostile', 7) == 0"),
    Goal("make a user namespace", "return libc.unshare(0x10000000) == 0"),
    Goal("mount", "return libc.mount(b'x', b'/tmp', b'tmpfs', 0, 0) == 0"),
    Goal("use a keyring", "return libc.syscall(248, b'user', b'hostile', b'x', 1, -1) > 0"),
    Goal("use io_uring", "return libc.syscall(425, 4, bytes(256)) >= 0"),
    Goal("become traceable", "return libc.prctl(4, 1, 0, 0, 0) == 0"),
    Goal("be traceable", "return libc.prctl(3, 0, 0, 0, 0) == 1"),
    Goal("hold a capability", "return any(libc.prctl(23, cap, 0, 0, 0) == 1 for cap in range(40))"),
    Goal(
        "execute memory it wrote",
        "libc.mmap.restype = ctypes.c_ssize_t\nreturn libc.mmap(None, 4096, 7, 0x22, -1, 0) != -1",
    ),
    Goal("share memory", "libc.mmap.restype = ctypes.c_ssize_t\nreturn libc.mmap(None, 4096, 3, 0x21, -1, 0) != -1"),
    Goal("hold 150 MiB of memory", "keep = np.ones(150 * 2**17); return bool(keep[-1])"),
    Goal("reserve 8 GiB of memory", "keep = np.empty(2**30); return True"),
    Goal(
        "compute longer than it may",
        "end = time.process_time() + 0.5\nwhile time.process_time() < end: pass\nreturn True",
        _BRIEF,
    ),
    Goal(
        "compute for 4 seconds",
        "end = time.process_time() + 4\nwhile time.process_time() < end: pass\nreturn True",
        _BRIEF,
    ),
    Goal("sleep longer than it may", "time.sleep(1.0); return True", _BRIEF),
    Goal("raise its own limits", "import resource as r; r.setrlimit(r.RLIMIT_NOFILE, (1000, 1000)); return True"),
    Goal("lock memory", "return libc.mlock(ctypes.create_string_buffer(2**20), 2**20) == 0"),
    Goal("print 1 MiB", "print('x' * 2**20); return True"),
    Goal("return 8 MiB", "return np.ones(2**20)"),
    Goal("read the environment of the worker", "return any(host['canary'] in value for value in os.environ.values())"),
    Goal("hold a descriptor of the zygote", _IS_OPEN + "return any(is_open(fd) for fd in range(5, 64))"),
)
