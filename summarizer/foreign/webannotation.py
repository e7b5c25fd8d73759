"""Citations in W3C Web Annotations, of whatever tool: targets with a TextQuoteSelector.

The quote may come with a TextPositionSelector, in a list or as a refinement. A target is known by
its source: an address or an object, with this project's own identifier and checksum if it has them.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from summarizer.foreign.claim import Claim, Origin, file_names, whole, words
from summarizer.tree import path_of, walk

_NAMED = "ni:///sha-256;"


def claims(data: object) -> Iterator[Claim]:
    """Yield every target in *data* that selects words; other targets quote nothing."""
    for node, target in walk(data):
        if "selector" not in target or "source" not in target:
            continue
        kinds = {each.get("type"): each for _, each in walk(target["selector"])}
        if quote := kinds.get("TextQuoteSelector"):
            place = kinds.get("TextPositionSelector", {})
            yield Claim(
                path_of(node),
                _origin(target["source"]),
                words(quote.get("exact")),
                whole(place.get("start")),
                whole(place.get("end")),
            )


def _origin(source: object) -> Origin:
    about: dict[Any, Any] = source if isinstance(source, dict) else {"id": source}
    sha256 = about.get("schema:sha256")
    if not isinstance(sha256, str):
        sha256 = _digest(about.get("id"))
    return Origin(file_names(about.get("dcterms:identifier"), about.get("id")), sha256)


def _digest(name: object) -> str | None:
    """Return the checksum in a name as RFC 6920 has it."""
    if not isinstance(name, str) or not name.startswith(_NAMED):
        return None
    try:
        return base64.urlsafe_b64decode(name.removeprefix(_NAMED) + "=").hex()
    except (binascii.Error, ValueError):
        return None
