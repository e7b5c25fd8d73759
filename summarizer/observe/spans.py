"""Spans of OpenTelemetry, where it is installed; nothing otherwise.

No span holds a word of a report: hence no exception either, but only its type.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextvars import Token

    from opentelemetry.context import Context
    from opentelemetry.trace import Span as ApiSpan

Attributes = Mapping[str, str | int | float | tuple[str, ...] | None]


class Span:
    """An open span, which is the current one until it is closed; times are in nanoseconds."""

    def __init__(
        self,
        name: str,
        attributes: Attributes,
        *,
        is_request: bool = False,
        began: int | None = None,
    ) -> None:
        self._span: ApiSpan | None = None
        self._token: Token[Context] | None = None
        if (trace := _trace()) is None or not _listens(trace):
            return
        from opentelemetry import context

        kind = trace.SpanKind.CLIENT if is_request else trace.SpanKind.INTERNAL
        self._span = trace.get_tracer("summarizer").start_span(
            name, kind=kind, attributes=_given(attributes), start_time=began
        )
        self._token = context.attach(trace.set_span_in_context(self._span))

    def note(self, attributes: Attributes) -> None:
        """Add *attributes*; those that are None are left out."""
        if self._span and self._span.is_recording():
            self._span.set_attributes(_given(attributes))

    def close(self, error: str | None = None, *, ended: int | None = None) -> None:
        """End the span, as failed if there is an *error*."""
        if self._span is None or self._token is None:
            return
        from opentelemetry import context
        from opentelemetry.trace import Status, StatusCode

        if error:
            self._span.set_attribute("error.type", error)
            self._span.set_status(Status(StatusCode.ERROR))
        self._span.end(ended)
        context.detach(self._token)


def _given(attributes: Attributes) -> dict[str, str | int | float | tuple[str, ...]]:
    return {name: value for name, value in attributes.items() if value is not None}


@cache
def _trace() -> ModuleType | None:
    try:
        from opentelemetry import trace
    except ImportError:
        return None
    return trace


def _listens(trace: ModuleType) -> bool:
    """Tell whether spans go anywhere: without a provider all of them are made for nothing."""
    return not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider)
