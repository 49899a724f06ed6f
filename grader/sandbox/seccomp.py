"""The system calls a locked-down child may make, as a BPF program. Built outside the jail, once per process.

Everything not named here fails with EPERM. What no honest solution needs, and what opens the kernel to attack, kills
the process with SIGSYS, which becomes the verdict "forbidden operation".
"""

import errno
import functools
import mmap
import os
from typing import Any

from grader.sandbox.outcome import SandboxUnavailable

_ALLOWED = """
    read readv pread64 write writev close lseek fstat newfstatat stat lstat statx access faccessat faccessat2
    open openat readlink readlinkat getdents64 getcwd unlink unlinkat mkdir mkdirat rmdir ftruncate
    munmap mremap madvise brk
    rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack tgkill
    futex sched_yield sched_getaffinity getcpu restart_syscall
    clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times getrusage
    poll ppoll select pselect6
    getpid gettid getppid getuid geteuid getgid getegid uname sysinfo getrandom exit exit_group
""".split()  # noqa: SIM905 - read as families of calls

_KILLED = """
    clone fork vfork execve execveat
    socket socketpair connect bind listen accept accept4 sendto sendmsg sendmmsg recvfrom recvmsg recvmmsg
    ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd
    mount umount2 pivot_root chroot unshare setns move_mount open_tree fsopen fsmount fsconfig fspick mount_setattr
    bpf perf_event_open io_uring_setup io_uring_enter io_uring_register userfaultfd
    keyctl add_key request_key
    open_by_handle_at name_to_handle_at
    shmget shmat shmctl semget semop semctl msgget msgsnd msgrcv mq_open
    init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff
    iopl ioperm modify_ldt
    setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset personality seccomp
""".split()  # noqa: SIM905

# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC: no locks, leases, seals or pipe sizes
_FCNTL_COMMANDS = (0, 1, 2, 3, 4, 1030)
_MAP_SHARED_OR_GROWING = 0x01 | 0x0100  # shared memory and MAP_GROWSDOWN escape the limits on one's own memory


@functools.cache
def program() -> bytes:
    """Return the filter as 8-byte BPF instructions for the native architecture; any other one kills the process."""
    try:
        import pyseccomp
    except (ImportError, RuntimeError) as error:
        raise SandboxUnavailable(
            "The system call filter cannot be built: libseccomp is missing.", "sudo apt-get install libseccomp2"
        ) from error

    filter_ = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    filter_.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    for name in _ALLOWED:
        _add(filter_, pyseccomp.ALLOW, name)
    for name in _KILLED:
        _add(filter_, pyseccomp.KILL_PROCESS, name)
    _add(filter_, pyseccomp.ERRNO(errno.ENOSYS), "clone3")  # glibc then tries clone, which tells
    _add(filter_, pyseccomp.ERRNO(errno.ENOTTY), "ioctl")  # what a file that is no terminal answers
    not_executable = pyseccomp.Arg(2, pyseccomp.MASKED_EQ, mmap.PROT_EXEC, 0)
    private = pyseccomp.Arg(3, pyseccomp.MASKED_EQ, _MAP_SHARED_OR_GROWING, 0)
    filter_.add_rule(pyseccomp.ALLOW, "mmap", not_executable, private)
    filter_.add_rule(pyseccomp.ALLOW, "mprotect", not_executable)
    for command in _FCNTL_COMMANDS:
        filter_.add_rule(pyseccomp.ALLOW, "fcntl", pyseccomp.Arg(1, pyseccomp.EQ, command))
    with os.fdopen(os.memfd_create("seccomp program"), "w+b") as file:
        filter_.export_bpf(file)
        file.seek(0)
        return file.read()


def _add(filter_: Any, action: int, name: str) -> None:
    """Add a rule for `name`; a call this architecture or this libseccomp does not know falls to the default, EPERM."""
    import pyseccomp

    if pyseccomp.resolve_syscall(pyseccomp.system_arch(), name) >= 0:
        filter_.add_rule(action, name)
