"""Find ``prompts/`` and ``schemas/``: in the package in a wheel, beside it in a checkout."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal


@cache
def data_dir(kind: Literal["prompts", "schemas"]) -> Traversable:
    """Return the directory *kind*: inside the package in a wheel, beside it in a checkout."""
    packaged = files(__package__) / kind
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / kind
