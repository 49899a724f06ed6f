"""Programs that read what is not theirs, write where they must not, fill what is shared, or leave something behind."""

from tests.hostile.attack import SYSCALL, Raises, call

MISSING = Raises("FileNotFoundError")
DENIED = Raises("PermissionError")
FAILS = Raises("AssertionError")
_OPEN = SYSCALL + "fd = os.open(np.__file__, os.O_RDONLY)\n"

READS = [
    call("list the root", "return os.listdir('/')", DENIED),
    call("list the guest code", "return os.listdir('/jail/code/guest')", DENIED),
    call("read the guest code", "return open('/jail/code/guest/child.py').read()", DENIED),
    call("read /etc/passwd", "return open('/etc/passwd').read()", MISSING),
    call("read /etc/shadow", "return open('/etc/shadow').read()", MISSING),
    call("read keys of the user", "return open('/root/.ssh/id_rsa').read()", MISSING),
    call(
        "read a token of a cluster",
        "return open('/var/run/secrets/kubernetes.io/token').read()",
        MISSING,
    ),
    call("read the database", "return open('/app/.data/db.sqlite3').read()", MISSING),
    call("climb out of the scratch folder", "return open('/tmp/../etc/../root/x').read()", MISSING),
    call("climb out of an open folder", "return os.open('../../etc/passwd', 0, dir_fd=os.open('/tmp', 0))", MISSING),
    call("import mlcore", "import mlcore", Raises("ModuleNotFoundError")),
    call("import the judge", "import grader", Raises("ModuleNotFoundError")),
    call("import the courses", "import courses", Raises("ModuleNotFoundError")),
    call("import django", "import django", Raises("ModuleNotFoundError")),
    call(
        "a module of its own on the path",
        "open('/tmp/own.py', 'w').write('import os; os.listdir(\"/\")')\nsys.path.append('/tmp')\nimport own",
        DENIED,
    ),
    call(
        "a library of its own",
        "open('/tmp/x.so', 'wb').write(open(np.core._multiarray_umath.__file__, 'rb').read())\n"
        "ctypes.CDLL('/tmp/x.so')",
        Raises("OSError"),
    ),
]

# Refused for more than one reason, and which comes first depends on whom the program runs as.
WRITE_TO_A_LIBRARY = """
try: open(np.__file__, 'a')
except OSError: raise OSError('refused')
"""

WRITES = [
    call("write to a library", WRITE_TO_A_LIBRARY, Raises("OSError")),
    call("write to the root", "open('/x', 'w')", Raises("OSError")),
    call("write to the host's scratch", "open('/var/tmp/hostile', 'w')", MISSING),
    call("delete a library", "os.unlink(np.__file__)", Raises("OSError")),
    call("truncate a library", "os.truncate(np.__file__, 0)", DENIED),
    call("make a set-user-id program", "open('/tmp/x', 'w'); os.chmod('/tmp/x', 0o4755)", DENIED),
    call("change the owner", "open('/tmp/x', 'w'); os.chown('/tmp/x', 0, 0)", DENIED),
    call("extended attribute", "open('/tmp/x', 'w'); os.setxattr('/tmp/x', 'user.x', b'x')", DENIED),
    call("symbolic link", "os.symlink('/', '/tmp/x')", DENIED),
    call("hard link", "os.link(np.__file__, '/tmp/x')", DENIED),
    call("rename over a library", "open('/tmp/x', 'w'); os.rename('/tmp/x', np.__file__)", DENIED),
    call("fifo", "os.mkfifo('/tmp/x')", DENIED),
    call("device of its own", "os.mknod('/tmp/x', 0o60600, os.makedev(8, 0))", DENIED),
    call("socket file", "os.mknod('/tmp/x', 0o140600)", DENIED),
    call("open a device", "open('/dev/null', 'w')", DENIED),
    call("open the memory of the machine", "open('/dev/mem', 'rb')", MISSING),
    call("open a terminal", "open('/dev/tty', 'w')", Raises("OSError")),
]

FILLS = [
    call("fill the scratch", "for i in range(9): open(f'/tmp/{i}', 'wb').write(bytes(2**21))", Raises("OSError")),
    call("one large file", "open('/tmp/x', 'wb').write(bytes(17 * 2**20))", Raises("OSError")),
    call("sparse file", "open('/tmp/x', 'wb').truncate(2**40)", Raises("OSError")),
    call(
        "sparse file by seeking",
        "file = open('/tmp/x', 'wb'); file.seek(2**40); file.write(b'x'); file.flush()",
        Raises("OSError"),
    ),
    call("allocate a file", "os.posix_fallocate(os.open('/tmp/x', os.O_CREAT | os.O_RDWR), 0, 2**30)", DENIED),
    call("exhaust inodes", "for i in range(1000): open(f'/tmp/{i}', 'w').close()", Raises("OSError")),
    call("exhaust inodes with folders", "for i in range(1000): os.mkdir(f'/tmp/{i}')", Raises("OSError")),
    call("deep folders", "for i in range(1000): os.mkdir('/tmp' + '/d' * (i + 1))", Raises("OSError")),
    call("exhaust descriptors", "keep = [open(np.__file__) for _ in range(100)]", Raises("OSError")),
    call("exhaust descriptors by copies", "while True: os.dup(0)", Raises("OSError")),
    call("write back to a pipe of its own", "os.open('/proc/self/fd/3', os.O_WRONLY)", MISSING),
]

# Locks on files that all jails share would carry bits from one to another.
LOCKS = [
    call("lock a library", _OPEN + "assert libc.flock(fd, 1) == 0", FAILS),
    call("lock a range", _OPEN + "assert libc.lockf(fd, 2, 0) == 0", FAILS),
    call("ask for the lock of another", "import fcntl\n" + _OPEN + "fcntl.fcntl(fd, fcntl.F_GETLK, bytes(32))", DENIED),
    call("lock by open file", "import fcntl\n" + _OPEN + "fcntl.fcntl(fd, 37, bytes(32))", DENIED),
    call("lease", "import fcntl\n" + _OPEN + "fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)", DENIED),
    call("notification", "import fcntl\n" + _OPEN + "fcntl.fcntl(fd, fcntl.F_NOTIFY, 1)", DENIED),
    call("signal owner", "import fcntl\n" + _OPEN + "fcntl.fcntl(fd, fcntl.F_SETOWN, 1)", DENIED),
    call("size of a pipe", "import fcntl\nfcntl.fcntl(4, 1031, 2**20)", DENIED),
    call("page cache by advice", "os.posix_fadvise(os.open(np.__file__, 0), 0, 0, 4)", DENIED),
    call("access times", "os.utime(np.__file__)", DENIED),
]

FILES = READS + WRITES + FILLS + LOCKS
