"""What the supervisor and its zygote say to each other once the zygote is set up: one packet of a fixed size each way.

A fork makes every page that the zygote writes to afterwards a copy, so it does as little as possible for each order.
"""

from struct import Struct

ORDER = Struct("<cI")  # what to do, and its number
SPAWN = b"S"  # with the user of the host to run as; 3 descriptors come along
REAP = b"R"  # with the pid in the jail; answered when the child has ended

CHILD = Struct("<I")  # the pid in the jail; a pidfd comes along
END = Struct("<iidd")  # exit code, signal, CPU seconds, peak memory in MiB
