"""What can go wrong, as one tree; the command prints the message of any of these as one line.

    SummarizerError
    ├── InputError              a file, brief or flag that cannot be used as it is
    ├── SettingsError           settings that contradict each other or miss something
    ├── PromptError             a template is missing or a slot stays unfilled
    ├── ModelError              the model or the way to it failed
    │   ├── ModelUnavailable    no key, endpoint, weights or runtime; unreachable; refused the key
    │   ├── ModelRefused        the model declined to answer
    │   └── ModelOutputError    the answer does not fit the draft, or was cut off
    └── CitationError           something was rejected and ``strict`` asked for failure

A quote that is not in the source is *not* an exception: it is a ``Rejection`` in the brief.
"""


class SummarizerError(Exception):
    """Root of every error that this package raises on purpose.

    The message says what happened, where, and what to do about it, in one line. ``retryable`` tells
    whether another request may succeed a little later.
    """

    retryable = False


class InputError(SummarizerError):
    """A given file, text, brief or value cannot be used as it is."""


class SettingsError(SummarizerError):
    """The settings contradict each other or miss something."""


class PromptError(SummarizerError):
    """A prompt template is missing, malformed, or a slot in it stays unfilled."""


class ModelError(SummarizerError):
    """The model, or the way to it, failed."""


class ModelUnavailable(ModelError):
    """There is nothing to ask: no key, endpoint, weights or runtime, or it does not answer."""

    def __init__(self, message: str, *, retryable: bool = True) -> None:
        super().__init__(message)
        self.retryable = retryable


class Deferred(SummarizerError):
    """A question waits for a batch to be answered; its report is gone through again then."""


class LimitReached(ModelError):
    """The run has used up the money, tokens or time that it may."""


class ModelRefused(ModelError):
    """The model declined to answer."""


class ModelOutputError(ModelError):
    """The answer does not fit the draft type, or the token limit cut it off."""


class CitationError(SummarizerError):
    """A value was rejected while ``strict`` was set."""
