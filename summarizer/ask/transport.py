"""The way to the endpoint: which faults pass, how long to wait, and what to call the others."""

from __future__ import annotations

import asyncio
import math
import random
import ssl
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar

from summarizer import observe
from summarizer.ask.complaint import Complaint, complaint
from summarizer.errors import ModelError, ModelOutputError, ModelRefused, ModelUnavailable
from summarizer.settings import Settings

if TYPE_CHECKING:
    import openai
    import tenacity

T = TypeVar("T")

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0  # doubled from try to try, less up to a half by chance
_A_DAY = 86_400.0  # what asks for more is not meant seriously, and clocks overflow


async def persistent(
    step: Callable[[], Awaitable[T]],
    settings: Settings,
    *,
    queued: Callable[[], float],
    shut: Callable[[], AbstractContextManager[None]],
    sleep: Callable[[float], object] | None,
) -> T:
    """Take *step*, again after passing faults, within ``attempts`` and ``patience``.

    An endpoint that wants to be asked more slowly is waited for as long as patience lasts, and all
    others are *shut* out meanwhile; the seconds *queued*, in which nothing was asked, try nobody's
    patience. *sleep* replaces real pauses.
    """
    import openai

    began = time.monotonic()
    try:
        return await step()
    except openai.APIError as error:
        if not is_passing(error):
            raise
        failed, gone = [error], time.monotonic() - began

    async def again() -> T:
        if failed:  # only now does it come to a policy: most requests need none
            raise failed.pop()
        return await step()

    attempts = _retrying(settings, queued=lambda: queued() - gone, shut=shut, sleep=sleep)
    return await attempts(again)


def _retrying(
    settings: Settings,
    *,
    queued: Callable[[], float],
    shut: Callable[[], AbstractContextManager[None]],
    sleep: Callable[[float], object] | None,
) -> tenacity.AsyncRetrying:
    from tenacity import AsyncRetrying, RetryCallState, retry_if_exception

    def stop(state: RetryCallState) -> bool:
        # Whichever is more: a clock that stands still in a test must not make it wait for ever.
        waited = max((state.seconds_since_start or 0.0) - queued(), state.idle_for)
        if waited + state.upcoming_sleep > settings.patience:
            return True
        counted = settings.attempts == 1 or not is_waited_out(_error(state))
        return counted and state.attempt_number >= settings.attempts

    crowded = False

    def pause(state: RetryCallState) -> float:
        nonlocal crowded
        crowded = is_waited_out(_error(state))
        longest = min(_FIRST_PAUSE * 2 ** min(state.attempt_number - 1, 10), _LONGEST_PAUSE)
        # By chance, so that requests which were turned away together don't come back together.
        return asked_wait(_error(state)) + random.uniform(longest / 2, longest)

    async def rest(seconds: float) -> None:
        with shut() if crowded else nullcontext():
            if sleep is None:
                await asyncio.sleep(seconds)
            else:
                sleep(seconds)

    def again(state: RetryCallState) -> None:
        observe.count(retries=1)
        error = _error(state)
        observe.tell(
            "request.retried",
            error=type(error).__name__,
            status=getattr(error, "status_code", None),
            attempt=state.attempt_number,
            pause=round(state.upcoming_sleep, 3),
        )

    return AsyncRetrying(
        retry=retry_if_exception(is_passing),
        wait=pause,
        stop=stop,
        sleep=rest,
        before_sleep=again,
        reraise=True,
    )


def _error(state: tenacity.RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def told(error: openai.APIStatusError) -> Complaint:
    """Return what the endpoint says with an error status."""
    return complaint(error.status_code, error.response.content)


def is_passing(error: BaseException) -> bool:
    """Tell whether the same request may succeed a little later."""
    import httpx2
    import openai

    if isinstance(error, openai.APIStatusError):
        return told(error).passing
    if not isinstance(error, openai.APIConnectionError):
        return False
    # The client calls every failure to send so, also a blocked network or a missing cassette.
    if not isinstance(error.__cause__, httpx2.TransportError) or _distrust(error):
        return False
    # "407 Proxy Authentication Required", "403 Forbidden": what the proxy answers to CONNECT.
    return not (isinstance(error.__cause__, httpx2.ProxyError) and str(error.__cause__)[:1] == "4")


def is_waited_out(error: BaseException | None) -> bool:
    """Tell whether the endpoint only wants to be asked more slowly."""
    import openai

    return isinstance(error, openai.APIStatusError) and told(error).waited_out


def asked_wait(error: BaseException | None) -> float:
    """Return the seconds that the endpoint asked to wait, in its head or words; 0 if in neither."""
    import openai

    if not isinstance(error, openai.APIStatusError):
        return 0.0
    head = error.response.headers
    for name, scale in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        if (given := head.get(name)) is not None:
            return _bounded(_seconds(given, head.get("date")) / scale)
    return _bounded(told(error).wait)


def _bounded(seconds: float) -> float:
    return min(max(seconds, 0.0), _A_DAY) if math.isfinite(seconds) else 0.0


def _seconds(given: str, sent: str | None) -> float:
    """Return how long *given* is to wait; a date counts from when the answer says it was *sent*.

    Both are of the endpoint's clock: the one of this machine may be off, and may jump.
    """
    try:
        return float(given)
    except ValueError:
        pass
    until = _moment(given)
    return (until - (_moment(sent or "") or datetime.now(UTC))).total_seconds() if until else 0.0


def _moment(given: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(given)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


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
    except openai.APIConnectionError as error:
        raise _connection_error(error, endpoint) from None
    except openai.OpenAIError:
        raise ModelOutputError(not_a_completion(endpoint)) from None


def not_a_completion(endpoint: str) -> str:
    """Say that the endpoint speaks another language."""
    return f"{endpoint} sent something that is no chat completion; check --base-url"


def _connection_error(error: openai.APIConnectionError, endpoint: str) -> ModelError:
    import httpx2

    from summarizer.ask.wire import AnotherOrigin, AnswerTooLarge, NoCompletion, WebPage

    if distrust := _distrust(error):
        return ModelUnavailable(f"{endpoint} {distrust}", retryable=False)
    unreachable = ModelUnavailable(f"{endpoint} cannot be reached; check --base-url")
    match error.__cause__:
        case httpx2.ConnectTimeout() | httpx2.ConnectError():
            return unreachable
        case httpx2.TimeoutException():
            return ModelUnavailable(
                f"{endpoint} did not answer in time; raise --timeout or try again"
            )
        case httpx2.ProxyError():
            return ModelUnavailable(
                f"the proxy on the way to {endpoint} cannot be reached or lets nothing through; "
                "check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY"
            )
        case httpx2.NetworkError() | httpx2.RemoteProtocolError():
            return ModelUnavailable(
                f"{endpoint} broke off, or does not speak HTTP; try again later or check --base-url"
            )
        case AnswerTooLarge():
            return ModelOutputError(
                f"{endpoint} sent more than any answer needs; if it is meant, raise --max-bytes"
            )
        case WebPage():
            return ModelOutputError(
                f"{endpoint} sent a web page, no chat completion; check --base-url, and whether a "
                "proxy is in the way"
            )
        case AnotherOrigin() | httpx2.TooManyRedirects():
            return ModelUnavailable(
                f"{endpoint} points to another address, where no text is sent unasked; "
                "give the final one: --base-url",
                retryable=False,
            )
        case httpx2.DecodingError() | NoCompletion():
            return ModelOutputError(not_a_completion(endpoint))
    return unreachable


def _distrust(error: BaseException) -> str | None:
    """Return what is wrong with the other side's TLS, if that is why there is no connection."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return (
                f"shows a certificate that is not trusted ({cause.verify_message}); if you trust "
                "it, name its authority's file in SSL_CERT_FILE"
            )
        if isinstance(cause, ssl.SSLError) and cause.reason in (
            *("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNSUPPORTED_PROTOCOL"),
            *("TLSV1_ALERT_PROTOCOL_VERSION", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG"),
        ):
            return "does not speak TLS as expected; is its address http:// instead of https://?"
        cause = cause.__cause__ or cause.__context__
    return None


def _status_error(error: openai.APIStatusError, endpoint: str) -> ModelError:
    heard = told(error)
    status, page = heard.status, error.response.content.lstrip()[:1] == b"<"
    said = f"{endpoint} answered {status}" + (f" ({heard.code})" if heard.code else "")
    if heard.about == "length":
        return ModelError(f"{said}: the text is too long for this model's context")
    if heard.about == "filter":
        return ModelRefused(f"{said}: it declined the text, by a filter of its own")
    if heard.about == "quota" or status == 402:
        return ModelUnavailable(
            f"{said}: nothing is left of the quota or the balance", retryable=False
        )
    if status in (407, 511) or (status == 403 and page):
        return ModelUnavailable(
            f"{said}: a proxy or firewall in the way wants to be asked first; check HTTP_PROXY, "
            "HTTPS_PROXY and NO_PROXY",
            retryable=False,
        )
    if status in (401, 403):
        return ModelUnavailable(
            f"{said}: the API key is missing, wrong, or may not use this model", retryable=False
        )
    if status in (404, 405) or status < 400:
        return ModelUnavailable(
            f"{said}: no such model or address; check --model and --base-url", retryable=False
        )
    if status == 429:
        return ModelUnavailable(f"{said}: too many requests, or nothing left of the quota")
    if heard.passing:
        return ModelUnavailable(f"{said}: it is out of order; try again later")
    return ModelError(f"{said}: it does not accept the request")
