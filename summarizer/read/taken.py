"""What a file, page or line gives before values given elsewhere are laid over it."""

from __future__ import annotations

from dataclasses import dataclass, field

from summarizer.read.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Taken:
    """A text, what its own container says about it, and what reading it had to guess or left out.

    ``id`` is the name that the container gives it, None where it gives none.
    """

    text: str
    about: Metadata = field(default_factory=Metadata)
    warnings: tuple[str, ...] = ()
    id: str | None = None
