"""Briefs of conflict and defence reports, every field tied to the words that say so."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.awaited import aextract, asummarize, asummarize_many, averify
    from summarizer.brief import Brief
    from summarizer.dossier import Dossier
    from summarizer.draft import SentenceId, Verbatim
    from summarizer.errors import (
        CitationError,
        InputError,
        ModelError,
        PromptError,
        SettingsError,
        SummarizerError,
    )
    from summarizer.extract import extract
    from summarizer.fuse import fuse
    from summarizer.observe import Counters
    from summarizer.pipeline import Progress, summarize, verify
    from summarizer.read import read, read_text
    from summarizer.run import Outcome, summarize_many
    from summarizer.settings import Settings
    from summarizer.source import Document, Span
    from summarizer.validate import check, locate

    __version__: str

__all__ = [
    "Brief",
    "CitationError",
    "Counters",
    "Document",
    "Dossier",
    "InputError",
    "ModelError",
    "Outcome",
    "Progress",
    "PromptError",
    "SentenceId",
    "Settings",
    "SettingsError",
    "Span",
    "SummarizerError",
    "Verbatim",
    "aextract",
    "asummarize",
    "asummarize_many",
    "averify",
    "check",
    "extract",
    "fuse",
    "locate",
    "read",
    "read_text",
    "summarize",
    "summarize_many",
    "verify",
]

_HOMES = {
    "awaited": ("aextract", "asummarize", "asummarize_many", "averify"),
    "brief": ("Brief",),
    "dossier": ("Dossier",),
    "draft": ("SentenceId", "Verbatim"),
    "errors": (
        *("CitationError", "InputError", "ModelError", "PromptError"),
        *("SettingsError", "SummarizerError"),
    ),
    "extract": ("extract",),
    "fuse": ("fuse",),
    "observe": ("Counters",),
    "pipeline": ("Progress", "summarize", "verify"),
    "read": ("read", "read_text"),
    "run": ("Outcome", "summarize_many"),
    "settings": ("Settings",),
    "source": ("Document", "Span"),
    "validate": ("check", "locate"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


class _Package(ModuleType):
    """Imports a public name when it is asked for, so that importing the package costs nothing."""

    def __getattr__(self, name: str) -> object:
        if name == "__version__":
            from importlib.metadata import version

            return version(__name__)
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        vars(self)[name] = value
        return value

    def __setattr__(self, name: str, value: object) -> None:
        # An import of the submodule ``fuse`` would otherwise hide the function ``fuse``.
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package
