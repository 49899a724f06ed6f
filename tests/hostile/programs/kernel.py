"""Programs that speak to the kernel: /proc, namespaces, mounts, rare calls, foreign call tables, machine code."""

import platform

from grader.sandbox import Status
from tests.hostile.attack import SYSCALL, Raises, call, system_call

FORBIDDEN = Status.FORBIDDEN_OPERATION
FAILS = Raises("AssertionError")
MISSING = Raises("FileNotFoundError")

PROC = [
    call(f"read {path}", f"return open('{path}', 'rb').read(64)", MISSING)
    for path in (
        "/proc/1/environ",
        "/proc/self/maps",
        "/proc/self/mem",
        "/proc/self/environ",
        "/proc/self/cmdline",
        "/proc/self/mountinfo",
        "/proc/thread-self/status",
        "/proc/kcore",
        "/proc/kallsyms",
        "/proc/net/tcp",
        "/proc/sys/kernel/core_pattern",
        "/proc/self/root/etc/passwd",
        "/proc/keys",
        "/proc/meminfo",
        "/sys/kernel/notes",
        "/sys/fs/cgroup/cgroup.procs",
        "/sys/devices/system/cpu/online",
    )
] + [
    call("write to the magic request", "open('/proc/sysrq-trigger', 'w').write('c')", Raises("OSError")),
    call("list /proc", "return os.listdir('/proc')", Raises("PermissionError")),
    call("the program's own file", "os.readlink('/proc/self/exe')", MISSING),
]

NAMESPACES = [
    *(
        call(f"unshare {name}", SYSCALL + f"libc.unshare({flag:#x})", FORBIDDEN)
        for name, flag in {"users": 0x10000000, "mounts": 0x20000, "network": 0x40000000, "pids": 0x20000000}.items()
    ),
    call("setns", SYSCALL + "libc.setns(0, 0)", FORBIDDEN),
    call("mount", SYSCALL + "libc.mount(b'x', b'/tmp', b'tmpfs', 0, 0)", FORBIDDEN),
    call("mount /proc again", SYSCALL + "libc.mount(b'proc', b'/proc', b'proc', 0, 0)", FORBIDDEN),
    call("remount", SYSCALL + "libc.mount(b'none', b'/', b'none', 0x1020, 0)", FORBIDDEN),
    call("unmount the cover of /proc", SYSCALL + "libc.umount2(b'/proc', 2)", FORBIDDEN),
    call("chroot", "os.chroot('/tmp')", FORBIDDEN),
    call("host name", SYSCALL + "assert libc.sethostname(b'x', 1) == 0", FAILS),
]

PRIVILEGES = [
    call("setuid", "os.setuid(0)", FORBIDDEN),
    call("setgroups", "os.setgroups([0])", FORBIDDEN),
    call(
        "capset",
        SYSCALL + "libc.capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[2**32 - 1] * 6))",
        FORBIDDEN,
    ),
    call("personality", SYSCALL + "libc.personality(0x400000)", FORBIDDEN),
    *(
        call(f"prctl: {name}", SYSCALL + f"assert libc.prctl({option}, {value}, 0, 0, 0) == 0", FAILS)
        for name, option, value in (
            ("dumpable", 4, 1),
            ("keep capabilities", 8, 1),
            ("name", 15, 0),
            ("secure bits", 28, 0),
            ("subreaper", 36, 1),
            ("memory map", 35, 1),
            ("tracer", 0x59616D61, -1),
            ("seccomp off", 22, 0),
            ("no death signal", 1, 0),
        )
    ),
    call("a filter of its own", SYSCALL + "libc.syscall(317, 0, 0, 0)", FORBIDDEN),
    call("priority", "os.nice(5)", Raises("PermissionError")),
    call("real time", "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))", Raises("PermissionError")),
    call("choose a core", "os.sched_setaffinity(0, {0})", Raises("PermissionError")),
    call("priority of the disk", SYSCALL + "assert libc.syscall(251, 1, 0, 0) == 0", FAILS),
]

# Numbers of x86-64, so that neither glibc nor ctypes stands between the program and the filter.
_KILLED = {
    "io_uring": 425, "io_uring enter": 426, "io_uring register": 427, "bpf": 321, "perf": 298, "add_key": 248,
    "request_key": 249, "keyctl": 250, "userfaultfd": 323, "name_to_handle": 303, "open_by_handle": 304,
    "clone by its number": 56, "vfork by its number": 58, "execveat": 322, "open_tree": 428, "fsopen": 430,
    "move_mount": 429, "mount_setattr": 442, "pivot_root": 155, "init_module": 175, "finit_module": 313,
    "kexec": 246, "reboot": 169, "swapon": 167, "iopl": 172, "ioperm": 173, "modify_ldt": 154, "kcmp": 312,
    "pidfd_getfd": 438, "setresuid": 117, "setfsuid": 122,
}  # fmt: skip
_DENIED = {
    "vmsplice": 278, "splice": 275, "tee": 276, "mincore": 27, "cachestat": 451, "preadv2": 327, "syslog": 103,
    "clock_settime": 227, "settimeofday": 164, "adjtimex": 159, "acct": 163, "quotactl": 179, "sync": 162,
    "fanotify": 300, "landlock": 444, "pkey_alloc": 330, "migrate_pages": 256, "mbind": 237, "get_mempolicy": 239,
    "lookup_dcookie": 212, "ustat": 136, "sysfs": 139, "vhangup": 153, "membarrier": 324, "rseq": 334,
    "signalfd": 289, "timer_create": 222, "io_setup": 206, "copy_file_range": 326, "sendfile": 40, "arch_prctl": 158,
    "setpgid": 109, "setsid": 112, "process_mrelease": 448, "futex_waitv": 449, "remap_file_pages": 216,
}  # fmt: skip
X86 = [
    *(system_call(name, number, FORBIDDEN) for name, number in _KILLED.items()),
    *(system_call(name, number, FAILS) for name, number in _DENIED.items()),
    call("x32", SYSCALL + "libc.syscall(ctypes.c_long(0x40000000 + 39))", FORBIDDEN),
    call("x32 fork", SYSCALL + "libc.syscall(ctypes.c_long(0x40000000 + 57))", FORBIDDEN),
    # The two bytes of `int 0x80` are somewhere in the code of libc; jumping there needs no memory of one's own.
    call(
        "int 0x80",
        SYSCALL + "start = ctypes.cast(libc.abort, ctypes.c_void_p).value\n"
        "gadget = start + ctypes.string_at(start, 2**20).index(b'\\xcd\\x80')\n"
        "ctypes.CFUNCTYPE(ctypes.c_long)(gadget)()",
        FORBIDDEN,
    ),
    call(
        "machine code in the heap",
        "code = ctypes.create_string_buffer(b'\\xb8\\x39\\0\\0\\0\\x0f\\x05\\xc3')\n"
        "ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(code))()",
        Status.RUN_TIME_ERROR,
        "SIGSEGV",
    ),
]

_PAGE = (
    SYSCALL + "libc.mmap.restype = ctypes.c_ssize_t\npage = ctypes.c_void_p(libc.mmap(None, 4096, 3, 0x22, -1, 0))\n"
)
MACHINE_CODE = [
    call(
        "memory to write and execute",
        SYSCALL + "libc.mmap.restype = ctypes.c_ssize_t\nassert libc.mmap(None, 4096, 7, 0x22, -1, 0) != -1",
        FAILS,
    ),
    call("make memory executable", _PAGE + "assert libc.mprotect(page, 4096, 5) == 0", FAILS),
    call("make memory executable with a key", _PAGE + "assert libc.syscall(329, page, 4096, 5, -1) == 0", FAILS),
    call(
        "map a file of its own to execute",
        "open('/tmp/x', 'wb').write(bytes(4096))\n" + SYSCALL + "libc.mmap.restype = ctypes.c_ssize_t\n"
        "assert libc.mmap(None, 4096, 5, 2, os.open('/tmp/x', 0), 0) != -1",
        FAILS,
    ),
    call(
        "rewrite the code of libc",
        SYSCALL + "page = ctypes.c_void_p(ctypes.cast(libc.gethostid, ctypes.c_void_p).value & -4096)\n"
        "assert libc.mprotect(page, 4096, 7) == 0",
        FAILS,
    ),
    call(
        "a new callback in machine code",
        "import ctypes\nkeep = [ctypes.CFUNCTYPE(None)(print) for _ in range(2000)]\nkeep[-1]()",
        Status.MEMORY_LIMIT_EXCEEDED,
    ),
]

KERNEL = PROC + NAMESPACES + PRIVILEGES + (X86 + MACHINE_CODE if platform.machine() == "x86_64" else [])
