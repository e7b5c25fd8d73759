"""Open the model that reads again, for the commands that only read."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from summarizer.ask import Model
from summarizer.cli.settings import settings_of
from summarizer.pipeline import open_engine, open_reader


@contextmanager
def opened_reader(arguments: Namespace) -> Iterator[Model | None]:
    """Open the reader that the options name; None with ``--verify off``."""
    settings = settings_of(arguments)
    if settings.verify == "off":
        yield None
        return
    with open_engine(settings) as model, open_reader(settings, model) as reader:
        yield reader
