"""What the environment says of the way to an endpoint: through which proxy, and whom to trust.

Import it late: it loads httpx2.
"""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterable
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpx2

from summarizer.errors import SettingsError


def proxy_for(url: httpx2.URL) -> httpx2.Proxy | None:
    """Return the proxy that the environment wants for *url*; raises SettingsError."""
    given = getproxies()
    address = given.get(url.scheme) or given.get("all")
    if not address or _is_loopback(url.host) or _is_exempt(url, given.get("no", "")):
        return None
    # Desktops write "socks://", which says no version; all that is left of SOCKS is 5.
    address = address if "://" in address else f"http://{address}"
    address = address.replace("socks://", "socks5://", 1)
    try:
        proxy = httpx2.Proxy(address)
        if not proxy.url.host:
            raise ValueError
    except (ValueError, httpx2.InvalidURL):
        raise SettingsError(
            "the address of the proxy cannot be used: HTTP_PROXY, HTTPS_PROXY and ALL_PROXY must "
            "look like http://host:port or socks5://host:port"
        ) from None
    return proxy


def _is_loopback(host: str) -> bool:
    host = host.rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or address.is_unspecified  # 0.0.0.0, as servers say of themselves


def _is_exempt(url: httpx2.URL, listed: str) -> bool:
    if proxy_bypass(url.host) or (url.port and proxy_bypass(f"{url.host}:{url.port}")):
        return True
    try:
        address = ipaddress.ip_address(url.host)
    except ValueError:
        return False
    return any(address in network for network in _networks(listed))


def _networks(listed: str) -> Iterable[Any]:
    for entry in listed.split(","):
        try:
            yield ipaddress.ip_network(entry.strip().strip("[]"), strict=False)
        except ValueError:
            continue


def trusted_certificates() -> ssl.SSLContext:
    """Return whom the environment, or else the system, trusts; raises SettingsError."""
    try:
        return httpx2.create_ssl_context()
    except OSError:  # ssl.SSLError is one
        raise SettingsError(
            "the certificates cannot be read: SSL_CERT_FILE, SSL_CERT_DIR or SSLKEYLOGFILE does "
            "not name a file or directory that can be used"
        ) from None
