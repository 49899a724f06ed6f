#!/bin/sh
# The worker's container starts here, as root: it gives the container's own control group (v2) to the user baremath, so
# that the jail can make one per submission, and then becomes that user for good, without any capability.
set -eu

group=/sys/fs/cgroup
if [ -w "$group/cgroup.subtree_control" ]; then
    # A group with processes of its own may not limit memory in groups below it: move them into a leaf first.
    mkdir -p "$group/worker"
    for process in $(cat "$group/cgroup.procs"); do
        echo "$process" > "$group/worker/cgroup.procs" || true # one that ended meanwhile
    done
    echo "+memory +pids" > "$group/cgroup.subtree_control"
    chown baremath "$group" "$group/cgroup.procs" "$group/cgroup.subtree_control" "$group/worker/cgroup.procs"
else
    echo "The control group is read-only: no memory cgroup for the jail (docs/operating.md, writable-cgroups)." >&2
fi

exec setpriv --reuid=baremath --regid=baremath --init-groups --inh-caps=-all --bounding-set=-all "$@"
