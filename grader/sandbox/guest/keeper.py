"""The first process of a jail whose zygote is another user of the machine than bubblewrap.

The kernel sends a death signal only where the dying process might have sent it: bubblewrap, root without capabilities,
may end this process but no other user's. With this one, process 1 of its namespace, the kernel ends all the others.
It imports next to nothing, so that it costs next to no memory.
"""

import os

from . import credentials, kernel


def stay_behind() -> None:
    """Fork, and return in the child only. The parent gives up all rights and lives as long as the child."""
    kernel.die_with_parent()
    child = os.fork()
    if child == 0:
        return
    kernel.close_from(3)
    credentials.drop_capabilities()
    os.waitpid(child, 0)
    os._exit(0)
