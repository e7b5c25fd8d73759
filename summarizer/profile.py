"""What a model of a size is asked and what it may claim alone: one row a profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ProfileName = Literal["small", "large"]
Claimable = Literal["violence"]


@dataclass(frozen=True, slots=True)
class Profile:
    """How to work with a model of one size, whatever engine runs it.

    ``may_claim`` is what its word is enough for where no word of the report speaks for it. Roles
    and statuses a model that is not asked about the ``whole`` never writes: the parse proposes
    them, and where it leaves a side open the model chooses by contrast.
    """

    name: ProfileName
    whole: bool
    """Asked about the article at once, not sentence by sentence."""
    window_characters: int
    """The most that it is shown at a time."""
    answer_tokens: int | None
    """The most that it may answer to a user's own type; None: as much as its endpoint allows."""
    repairs: int
    """Second chances a document: whoever fails more often will not be saved by asking."""
    adds_found_actors: bool
    """Code adds the actors that it finds and the model did not name."""
    may_claim: frozenset[Claimable]


PROFILES: dict[ProfileName, Profile] = {
    "small": Profile(
        name="small",
        whole=False,
        window_characters=6_000,
        answer_tokens=2_000,  # its context holds some 8,000: a passage and the schema, too
        repairs=0,
        adds_found_actors=True,
        may_claim=frozenset(),
    ),
    "large": Profile(
        name="large",
        whole=True,
        window_characters=100_000,  # within the context of any model that is sold today
        answer_tokens=None,
        repairs=12,
        adds_found_actors=False,
        may_claim=frozenset({"violence"}),
    ),
}
