"""Which addresses are called."""

import socket

import pytest

from grader.webhooks.addresses import AddressRefusedError, checked_addresses, is_public, url_problem


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8", "1.1.1.1"]
)
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
        "fec0::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::1", "2001:0:7f00:1::1",
        "2001:db8::1", "100::1", "4000::1",
    ],
)  # fmt: skip
def test_addresses_of_our_own_and_ways_around_are_not(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org", "http://example.org:8080/hook?key=1", "https://93.184.215.14/", "https://xn--bcher-kva.example/",
        "http://[2606:2800:220:1:248:1893:25c8:1946]:8080/hook", "HTTPS://EXAMPLE.ORG/",
    ],
)  # fmt: skip
def test_an_address_that_can_be_called_has_no_problem(url):
    assert url_problem(url) == ""


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://example.org/", "begins with neither http:// nor https://"),
        ("javascript:alert(1)", "begins with neither http:// nor https://"),
        ("example.org/hook", "begins with neither http:// nor https://"),
        ("https:///hook", "names no host"),
        ("https://", "names no host"),
        ("https://ada:secret@example.org/", "must hold no user name or password"),
        ("https://ada@example.org/", "must hold no user name or password"),
        ("https://example.org\\@127.0.0.1/", "must hold no user name or password"),
        ("https://exa mple.org/", "visible ASCII characters only"),
        ("https://example.org/\r\nHost: x", "visible ASCII characters only"),
        ("https://bücher.example/", "visible ASCII characters only"),
        ("https://example.org:99999/", "is not an address"),
        ("https://example.org:x/", "is not an address"),
        ("https://[::1/", "is not an address"),
        ("https://127.0.0.1/", "127.0.0.1 is not a public address"),
        ("https://[::1]/", "::1 is not a public address"),
        ("https://169.254.169.254/latest/meta-data/", "169.254.169.254 is not a public address"),
        ("https://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1 is not a public address"),
    ],
)
def test_what_cannot_be_called_is_said_why(url, problem):
    assert problem in url_problem(url)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "::1"])
def test_a_name_that_leads_to_this_machine_is_refused_however_it_is_written(host):
    with pytest.raises(AddressRefusedError, match="leads to no public address"):
        checked_addresses(host, 80)


@pytest.mark.parametrize("host", ["nothing.invalid", "x" * 64 + ".example", ".."])
def test_a_name_that_leads_nowhere_is_said_to(host):
    with pytest.raises(AddressRefusedError, match="leads nowhere"):
        checked_addresses(host, 80)


def test_of_several_addresses_only_public_ones_are_called(monkeypatch):
    def found(*_arguments, **_options):
        addresses = ["10.0.0.1", "8.8.8.8", "127.0.0.1", "8.8.4.4"]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    assert checked_addresses("example.org", 80) == ["8.8.8.8", "8.8.4.4"]


def test_private_addresses_are_called_where_the_operator_lets_them(settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    assert url_problem("http://127.0.0.1:8000/") == ""
    assert checked_addresses("127.0.0.1", 80) == ["127.0.0.1"]
