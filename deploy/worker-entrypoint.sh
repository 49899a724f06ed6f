#!/bin/sh
# The worker's container starts here, as root: it gives the container's own control group (v2) to the user baremath, so
# that the jail can make groups in it, and then becomes that user for good, without any capability.
set -eu

group=/sys/fs/cgroup

give_group_to_worker() {
    [ -w "$group/cgroup.subtree_control" ] || return 1
    # A group with processes of its own may not limit memory in groups below it: move them into a leaf first.
    mkdir -p "$group/worker" || return 1
    for process in $(cat "$group/cgroup.procs"); do
        echo "$process" > "$group/worker/cgroup.procs" || true # one that ended meanwhile
    done
    echo "+memory +pids" > "$group/cgroup.subtree_control" || return 1
    chown baremath "$group" "$group/cgroup.procs" "$group/cgroup.subtree_control" "$group/worker/cgroup.procs"
}

give_group_to_worker ||
    echo "No control group for the jail: address space limits stand alone (docs/operating.md, writable-cgroups)." >&2

exec setpriv --reuid=baremath --regid=baremath --init-groups --inh-caps=-all --bounding-set=-all "$@"
