"""The command line: arguments in, settings, one library call, text and an exit code out.

Exit codes: 0 done, 1 something failed (in one clear line), 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from summarizer.cli.arguments import parse
from summarizer.cli.terminal import say, use_utf8
from summarizer.errors import SummarizerError

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that *argv* (default: the process's own arguments) names."""
    use_utf8()
    arguments = parse(argv)
    try:
        # A command's own module is imported last, so that --help needs none of its libraries.
        code: int = import_module(f"{__name__}.{arguments.command}").run(arguments)
        sys.stdout.flush()
    except SummarizerError as error:
        say(f"summarizer: {error}")
        return 1
    except KeyboardInterrupt:
        say("summarizer: interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever reads has gone; the interpreter's own flush at exit must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code
