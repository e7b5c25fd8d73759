"""The way to the endpoint: which faults pass, how long to wait, and what to call the others."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from summarizer.errors import ModelError, ModelOutputError, ModelUnavailable
from summarizer.settings import Settings

if TYPE_CHECKING:
    import openai
    import tenacity

# A code such as "model_not_found" is safe to show; anything longer may quote key or article.
_CODE = re.compile(r"[a-z][a-z_]{2,40}")
_NAMES = {"response_format": ("response_format", "json_schema", "grammar")}
_TOO_LONG = ("context_length_exceeded", "exceed_context_size_error")


def retrying(settings: Settings, sleep: Callable[[float], None]) -> tenacity.Retrying:
    """Return the policy for one request: passing faults, within ``attempts`` and ``patience``."""
    from tenacity import (
        Retrying,
        retry_if_exception,
        stop_after_attempt,
        stop_before_delay,
        wait_exception,
        wait_random_exponential,
    )

    return Retrying(
        retry=retry_if_exception(is_passing),
        wait=wait_exception(asked_wait) + wait_random_exponential(multiplier=0.5, max=20),
        stop=stop_after_attempt(settings.attempts) | stop_before_delay(settings.patience),
        sleep=sleep,
        reraise=True,
    )


def is_passing(error: BaseException) -> bool:
    """Tell whether the same request may succeed a little later."""
    import httpx2
    import openai

    if isinstance(error, openai.RateLimitError):
        return error.code != "insufficient_quota"
    if isinstance(error, openai.APIConnectionError):
        # The client calls every failure to send so, also a blocked network or a missing cassette.
        return isinstance(error.__cause__, httpx2.TransportError)
    return isinstance(error, openai.InternalServerError)


def asked_wait(error: BaseException) -> float:
    """Return the seconds that the endpoint asked to wait (``Retry-After``), 0 if it did not."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    for name, scale in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        if (given := headers.get(name)) is not None:
            seconds = _seconds(given) / scale
            return max(seconds, 0.0) if math.isfinite(seconds) else 0.0
    return 0.0


def _seconds(given: str) -> float:
    try:
        return float(given)
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(given)
    except ValueError:
        return 0.0
    return (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


@contextmanager
def named_errors(endpoint: str) -> Iterator[None]:
    """Raise the package's own errors for those of the client, in one line each.

    The client's messages quote what the endpoint sent: keys, addresses, parts of the article.
    None of that is passed on, hence also no ``from error``.
    """
    import openai

    try:
        yield
    except openai.APIStatusError as error:
        raise _status_error(error, endpoint) from None
    except openai.APITimeoutError:
        raise ModelUnavailable(
            f"{endpoint} did not answer in time; raise the timeout or try again"
        ) from None
    except openai.APIConnectionError:
        raise ModelUnavailable(f"{endpoint} cannot be reached; check --base-url") from None
    except openai.OpenAIError:
        raise ModelOutputError(not_a_completion(endpoint)) from None


def not_a_completion(endpoint: str) -> str:
    """Say that the endpoint speaks another language."""
    return f"{endpoint} sent something that is no chat completion; check --base-url"


def _status_error(error: openai.APIStatusError, endpoint: str) -> ModelError:
    status, code = error.status_code, _code(error)
    said = f"{endpoint} answered {status}" + (f" ({code})" if code else "")
    if code in _TOO_LONG:
        return ModelError(f"{said}: the text is too long for this model's context")
    if status in (401, 403):
        return ModelUnavailable(f"{said}: the API key is missing, wrong, or may not use this model")
    if status == 404:
        return ModelUnavailable(f"{said}: no such model or address; check --model and --base-url")
    if status == 429:
        return ModelUnavailable(f"{said}: too many requests, or nothing left of the quota")
    if status >= 500 or status == 408:
        return ModelUnavailable(f"{said}: it is out of order; try again later")
    return ModelError(f"{said}: it does not accept the request")


def _code(error: openai.APIStatusError) -> str | None:
    found = (value for value in (error.code, error.type) if isinstance(value, str))
    return next((value for value in found if _CODE.fullmatch(value)), None)


def refused_parameter(
    error: openai.BadRequestError | openai.UnprocessableEntityError, sent: Sequence[str]
) -> str | None:
    """Return which of the *sent* parameters the endpoint complains about, if any."""
    if error.param in sent:
        return error.param
    complaint = f"{error.message} {error.body}"
    for name in sent:
        if any(word in complaint for word in _NAMES.get(name, (name,))):
            return name
    return None
