"""What an operator can do where the jail cannot be built."""

_ALLOW_NAMESPACES = "sudo sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000"
_ALLOW_NAMESPACES_UBUNTU = "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
_UNMASK_CONTAINER = "In a container: --security-opt seccomp=unconfined --security-opt systempaths=unconfined"
_REMEDIES = {
    "creating new namespace": _ALLOW_NAMESPACES,
    "no permissions to create": _ALLOW_NAMESPACES,
    "uid map": _ALLOW_NAMESPACES_UBUNTU,
    "rtm_newaddr": _ALLOW_NAMESPACES_UBUNTU,
    "mount proc": _UNMASK_CONTAINER,
}


def remedy_for(words: str) -> str:
    """Return what to do about the last words of bubblewrap, "" where that is not known."""
    return next((remedy for sign, remedy in _REMEDIES.items() if sign in words.lower()), "")
