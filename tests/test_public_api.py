"""The names that other people's code may rely on."""

import subprocess
import sys
from importlib import import_module
from importlib.metadata import version

import pytest

import summarizer

ASK = "import sys, summarizer; print(*sorted(sys.modules))"
AFTER_SUBMODULE = """
import summarizer.fuse, summarizer
from summarizer import fuse
assert callable(summarizer.fuse) and fuse is summarizer.fuse
from summarizer.fuse import fuse as inner
assert fuse is inner
"""


def test_public_names_are_sorted_and_complete() -> None:
    assert summarizer.__all__ == sorted(summarizer.__all__)
    assert set(summarizer.__all__) == set(summarizer._HOME)


@pytest.mark.parametrize("name", summarizer.__all__)
def test_public_name_is_what_its_module_calls_so(name: str) -> None:
    home = import_module(f"summarizer.{summarizer._HOME[name]}")

    assert getattr(summarizer, name) is getattr(home, name)


@pytest.mark.parametrize("name", summarizer.__all__)
def test_public_name_says_what_it_is(name: str) -> None:
    assert getattr(summarizer, name).__doc__


def test_names_are_listed_for_completion() -> None:
    assert set(summarizer.__all__) <= set(dir(summarizer))


@pytest.mark.parametrize("name", ["summarise", "_private"])
def test_unknown_name_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=f"'summarizer' has no attribute '{name}'"):
        getattr(summarizer, name)


def test_version_is_that_of_the_distribution() -> None:
    assert summarizer.__version__ == version("summarizer")


def test_import_loads_nothing_but_the_package() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())

    assert {name for name in loaded if name.startswith("summarizer")} == {"summarizer"}
    assert not loaded & {"pydantic", "openai", "instructor", "rich", "jinja2", "spacy"}


def test_function_is_not_hidden_by_the_module_of_its_name() -> None:
    subprocess.run([sys.executable, "-c", AFTER_SUBMODULE], check=True)
