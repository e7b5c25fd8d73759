"""A request is written in parts, and comes out as if it had been written at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai._utils._json import openapi_dumps

from summarizer.ask.written import Written, as_known, as_sent

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
).filter(lambda value: "inf" not in repr(value))
BODIES = st.dictionaries(st.text(st.characters(codec="utf-8")), VALUES)


def in_parts(body: dict[str, Any], shared: set[str]) -> dict[str, Any]:
    return {name: Written.of(value) if name in shared else value for name, value in body.items()}


@given(BODIES, st.sets(st.text()))
def test_sent_as_the_client_sends_it(body: dict[str, Any], shared: set[str]) -> None:
    written = as_sent(in_parts(body, shared | set(list(body)[::2])))

    assert written.encode("utf-8", "surrogatepass") == openapi_dumps_of(body)


def openapi_dumps_of(body: dict[str, Any]) -> bytes:
    try:
        return openapi_dumps(body)
    except UnicodeEncodeError:  # half a character, which cannot be sent at all
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "surrogatepass")


@given(BODIES, st.sets(st.text()))
def test_known_by_all_of_it_in_order(body: dict[str, Any], shared: set[str]) -> None:
    """An answer that is on disk is found by this: it must be what it was."""
    written = as_known(in_parts(body, shared | set(list(body)[::2])))

    assert written == json.dumps(body, ensure_ascii=False, sort_keys=True)


def test_number_that_json_has_not_is_not_sent() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        as_sent({"temperature": float("nan")})
