"""The command ``completion``: a script by which a shell completes commands, options and paths."""

from __future__ import annotations

import argparse
from argparse import Namespace

import shtab

from summarizer.cli.arguments import parser
from summarizer.cli.terminal import put

_PATHS = {"DIR": shtab.DIRECTORY} | dict.fromkeys(
    ("PATH", "FILE", "BRIEF", "OLD", "SET"), shtab.FILE
)


def run(arguments: Namespace) -> int:
    """Write the script for the shell that was named."""
    root = parser()
    _name_paths(root)
    put(f"{shtab.complete(root, arguments.shell)}\n")
    return 0


def _name_paths(command: argparse.ArgumentParser) -> None:
    """Mark what stands for a path, by what the help calls it."""
    for action in command._actions:  # argparse has no public way to them; shtab takes the same
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                _name_paths(each)
        elif action.metavar in _PATHS:
            action.complete = _PATHS[action.metavar]  # type: ignore[attr-defined]  # for shtab
