"""Which addresses may be called: public ones. Whoever gives us an address must not reach our own network by it."""

import re
import socket
from collections.abc import Iterator
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings

EXAMPLE = "https://example.org/hooks/baremath"
GLOBAL_UNICAST = ip_network("2000::/3")  # RFC 4291; ipaddress also calls global what nobody has assigned
HOST = re.compile(r"[A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]+\]")


class AddressRefusedError(Exception):
    """Nothing can be sent there; the message says why."""


def url_problem(url: str) -> str:
    """Return what keeps an address from being called, in a sentence that says what is allowed; "" if nothing does.

    A name may lead elsewhere tomorrow: where it leads is looked at again for each delivery (`checked_addresses`).
    """
    return next(_url_problems(url), "")


def _url_problems(url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        yield f"“{url}” is not an address. Give one like {EXAMPLE}."
        return
    if not re.fullmatch("[!-~]+", url):
        yield f"An address holds visible ASCII characters only, with the others escaped. Give one like {EXAMPLE}."
    if parts.scheme not in {"http", "https"}:
        yield f"“{url}” begins with neither http:// nor https://. Give an address like {EXAMPLE}."
    if "@" in parts.netloc:
        yield "An address must hold no user name or password: what is sent is signed, check the signature instead."
    if not HOST.fullmatch(re.sub(r":[0-9]*$", "", parts.netloc)):
        yield f"“{parts.netloc}” names no host. Give an address like {EXAMPLE}."
    if _is_refused(host):
        yield f"{host} is not a public address. Only those are called; give one like {EXAMPLE}."


def checked_addresses(host: str, port: int) -> list[str]:
    """Return the addresses to which a name leads and that may be called. Raises AddressRefusedError without any."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressRefusedError(f"The name {host} leads nowhere.") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [address for address in addresses if settings.WEBHOOK_PRIVATE_ADDRESSES or is_public(address)]
    if not allowed:
        raise AddressRefusedError(f"The name {host} leads to no public address. Only those are called.")
    return allowed


def is_public(address: str) -> bool:
    """Is it an address of the internet, neither ours, nor a way around: multicast, mapped, translated, tunnelled?"""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if isinstance(ip, IPv6Address) and (ip not in GLOBAL_UNICAST or ip.sixtofour or ip.teredo):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def _is_refused(host: str) -> bool:
    try:
        return not (settings.WEBHOOK_PRIVATE_ADDRESSES or is_public(host))
    except ValueError:  # a name
        return False
