"""Programs that want to be heard outside."""

from grader.sandbox import Status
from tests.hostile.attack import SYSCALL, call

FORBIDDEN = Status.FORBIDDEN_OPERATION
_FAMILIES = {
    "AF_UNIX": (1, 1), "AF_INET": (2, 1), "AF_INET, datagram": (2, 2), "AF_INET, raw": (2, 3), "AF_INET6": (10, 1),
    "AF_NETLINK": (16, 3), "AF_PACKET": (17, 3), "AF_KEY": (15, 3), "AF_RDS": (21, 5), "AF_CAN": (29, 3),
    "AF_TIPC": (30, 4), "AF_BLUETOOTH": (31, 1), "AF_ALG": (38, 5), "AF_VSOCK": (40, 1), "AF_KCM": (41, 5),
    "AF_QIPCRTR": (42, 2), "AF_SMC": (43, 1), "AF_XDP": (44, 3), "AF_MCTP": (45, 2),
}  # fmt: skip

NETWORK = [
    *(
        call(f"socket of {name}", f"import socket; socket.socket({family}, {kind})", FORBIDDEN)
        for name, (family, kind) in _FAMILIES.items()
    ),
    call("pair of sockets", "import socket; socket.socketpair()", FORBIDDEN),
    call("name service", "import socket; socket.getaddrinfo('localhost', 80)", FORBIDDEN),
    call("name service of the C library", SYSCALL + "libc.gethostbyname(b'example.org')", FORBIDDEN),
    call("metadata of the cloud", "import urllib.request as u; u.urlopen('http://169.254.169.254/')", FORBIDDEN),
    call("connection to the broker", "import socket; socket.create_connection(('127.0.0.1', 6379))", FORBIDDEN),
    call("abstract socket", "import socket; socket.socket(1, 1).connect('\\0/org/freedesktop/systemd1')", FORBIDDEN),
    call(
        "socket of the container engine",
        "import socket; socket.socket(1, 1).connect('/var/run/docker.sock')",
        FORBIDDEN,
    ),
    call(
        "the result pipe as a socket",
        SYSCALL + "libc.getsockname(4, bytes(16), bytes(4))\nlibc.shutdown(4, 2)\nlibc.send(4, b'x', 1, 0)",
        FORBIDDEN,
    ),
    call("pass a descriptor", SYSCALL + "libc.sendmsg(4, bytes(56), 0)", FORBIDDEN),
    call("receive a descriptor", SYSCALL + "libc.recvmsg(0, bytes(56), 0)", FORBIDDEN),
    call("send many messages", SYSCALL + "libc.sendmmsg(4, bytes(64), 1, 0)", FORBIDDEN),
    call("log of the system", SYSCALL + "libc.syslog(0, b'hostile')", FORBIDDEN),
]
