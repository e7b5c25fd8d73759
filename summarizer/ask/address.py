"""A base URL as people give it -> where requests go, and what the endpoint is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from summarizer.errors import SettingsError

# These take a key under a name of their own, and most of them also as everybody else does.
_AZURE = ("openai.azure.com", "cognitiveservices.azure.com", "ai.azure.com", "azure-api.net")


@dataclass(frozen=True)
class Address:
    """Where to ask; *label* is safe to show, the rest may hold passwords."""

    base_url: str = field(repr=False)
    query: dict[str, str] = field(repr=False)
    label: str

    @classmethod
    def of(cls, given: str) -> Self:
        """Return the address that *given* means; raises SettingsError."""
        given = given.strip()
        try:
            parts = urlsplit(given)
            host, port = parts.hostname, parts.port
        except ValueError:
            parts, host, port = urlsplit(""), None, None
        if not host or parts.scheme not in ("http", "https") or not given.isprintable():
            raise SettingsError("the base URL must look like http://host:port/v1")
        # A whole address may have been copied; and "?api-version=..." belongs behind the path.
        path = parts.path.rstrip("/").removesuffix("/chat/completions")
        return cls(
            urlunsplit((parts.scheme, parts.netloc, path, "", "")),
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            f"{host}:{port}" if port else host,
        )

    @property
    def takes_api_key_header(self) -> bool:
        """Whether the key is also expected in a header ``api-key``."""
        host = self.label.partition(":")[0]
        return any(host == known or host.endswith("." + known) for known in _AZURE)
