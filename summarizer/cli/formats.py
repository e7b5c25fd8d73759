"""The formats of ``export``, a row each; imports nothing, so that --help stays quick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Format(NamedTuple):
    """A format: the module whose ``write`` makes it of a table, its files' ending, its purpose."""

    module: str
    ending: str
    purpose: str


FORMATS: Mapping[str, Format] = {
    "kiel": Format("summarizer.export.kiel", ".kiel.csv", "pledges, Kiel's tracker"),
    "sipri": Format("summarizer.export.sipri", ".sipri.csv", "orders and deliveries, SIPRI"),
    "acled": Format("summarizer.export.acled", ".acled.csv", "events in ACLED's scope"),
    "plover": Format("summarizer.export.plover", ".plover.jsonl", "events, PLOVER-like JSON"),
    "ftm": Format("summarizer.export.ftm", ".ftm.jsonl", "FollowTheMoney entities"),
    "parquet": Format("summarizer.export.parquet", ".parquet", "all fields, nested"),
    "webannotation": Format(
        "summarizer.export.webannotation", ".annotations.jsonld", "W3C, each citation"
    ),
    "md": Format("summarizer.cli.markdown", ".md", "a page to read"),
}
