"""A review by keys alone: the page in a browser, and behind it the server's own intake.

No socket is opened: what the page asks for is answered here, from the review file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from page_articles import gold_articles
from sample_briefs import SAMPLE, sample_brief

from summarizer.brief import Brief
from summarizer.page import Article, page
from summarizer.review.apply import corrected
from summarizer.review.decisions import Decision, Journal, fold
from summarizer.review.intake import Intake, Refused
from summarizer.source import Document
from summarizer.validate import check

from .conftest import Watched, watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser
HOME = "http://127.0.0.1:1/"


class Served:
    """A review of articles, at an address that leads nowhere but here."""

    def __init__(self, browser: Browser, articles: list[Article], journal: Journal) -> None:
        self.journal = journal
        self.articles = articles
        self.down = False
        documents = {
            each.brief.document.id: Document(
                each.text or "", each.brief.document.id, published=each.brief.document.published
            )
            for each in articles
        }
        self.intake = Intake(documents, journal, reviewer="mk")
        self._browser = browser
        self._contexts: list[Any] = []

    def open(self, fragment: str = "") -> Watched:
        """Open a window on the review."""
        context = self._browser.new_context(viewport={"width": 1440, "height": 900})
        context.route("**/*", self._answer)
        self._contexts.append(context)
        watched = Watched(context.new_page())
        watch(watched)
        watched.page.goto(HOME + fragment)
        return watched

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOME).partition("#")[0]
        if path == "":
            route.fulfill(body=page(self.articles, review=True), content_type="text/html")
        elif path == "events":
            lines = [f"data: {one.model_dump_json()}\n\n" for one in self.intake.decisions]
            body = "".join(("retry: 200\n\n", *lines))
            route.fulfill(body=body, content_type="text/event-stream")
        elif self.down:
            route.abort()
        else:
            self._post(route, path, (route.request.post_data or "").encode())

    def _post(self, route: Route, path: str, body: bytes) -> None:
        try:
            if path == "derive":
                answer = self.intake.derive(body)
            else:
                decision, _ = self.intake.decide(body)
                answer = {"decision": decision.model_dump(mode="json")}
            route.fulfill(json=answer)
        except Refused as refused:
            route.fulfill(json={"error": refused.line}, status=refused.status)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return self.journal.decisions

    def brief(self) -> Brief:
        """Return the first brief with what was decided worked in; all of it must fit."""
        article = self.articles[0]
        text = article.text or ""
        brief, unfit = corrected(article.brief, text, self.decisions)
        assert unfit == ()
        assert check(brief, text).findings == ()
        return brief


Serve = Callable[..., Served]


@pytest.fixture
def serve(chromium: Browser, tmp_path: Path) -> Iterator[Serve]:
    with Journal(tmp_path / "review.jsonl") as journal:
        made: list[Served] = []

        def started(*articles: Article) -> Served:
            own = list(articles) or [Article(sample_brief(), SAMPLE)]
            made.append(Served(chromium, own, journal))
            return made[-1]

        yield started
        for each in made:
            each.close()


def saved(view: Watched) -> None:
    """Wait until nothing is on its way."""
    view.page.wait_for_selector("#saved:text-matches('· saved$')")


def choose(view: Watched, record: str, field: str) -> None:
    """Go to a value by keys, as a reviewer would."""
    for _ in range(80):
        if view.page.inner_text("#tools .note") == f"{record}, {field}":
            return
        view.press("j")
    pytest.fail(f"{record} has no {field}")


def told(view: Watched, selector: str) -> str:
    """Return the text of an element, be it in sight or not."""
    return view.page.text_content(selector) or ""


def row(view: Watched) -> str:
    """Return the row of the value chosen."""
    return told(view, ".row:has(.val.on), .summary:has(.val.on)")


def test_accept_reject_and_undo_by_keys(serve: Serve) -> None:
    review = serve()
    view = review.open()
    assert view.js("document.activeElement.matches('.val')"), "one can begin at once"
    choose(view, "p1", "supplier")
    view.press("a")
    saved(view)
    assert "✓ accepted by mk" in row(view)
    choose(view, "p1", "conditions")
    view.press("x")
    saved(view)
    assert "✗ rejected by mk" in row(view)
    assert review.brief().pledges[0].conditions == ()

    view.press("x")
    saved(view)

    assert [one.action for one in review.decisions] == ["accept", "reject", "undo"]
    assert "rejected" not in row(view)
    view.press("u")
    saved(view)
    assert fold(review.decisions) == ()
    assert view.js("document.activeElement.matches('.val.on')"), "the focus is never lost"
    assert view.trouble == []


def test_correct_by_marking_words_with_keys(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "e1", "where")
    view.press("c")
    assert view.page.inner_text("#mark mark") == "Damascus"
    while view.page.inner_text("#mark mark") != "Syria":
        view.press("ArrowLeft")
    view.press("Enter")
    saved(view)

    place = review.brief().events[0].place
    assert place is not None
    assert place.name == "Syria"
    assert place.citations[0].start == SAMPLE.index("Syria")
    assert "corrected by mk" in row(view)
    assert "was “Damascus”" in row(view)
    assert view.page.inner_text(".lit") == "Syria"
    assert view.js("document.activeElement.matches('.val.on')")
    assert view.trouble == []


def test_words_are_marked_by_word_and_by_character(serve: Serve) -> None:
    view = serve().open()
    choose(view, "e1", "where")
    view.press("c")

    def marked() -> str:
        return view.page.inner_text("#mark mark")

    view.press("Shift+ArrowRight")
    assert marked() == "Damascus on"
    view.press("Shift+ArrowLeft", "Alt+ArrowLeft")
    assert marked() == "Damascu"
    view.press("Alt+Shift+ArrowRight")
    assert marked() == "amascu"
    view.press("ArrowRight")
    assert marked() == "on"
    view.press("Escape")
    assert not view.page.locator("#mark").is_visible()
    assert view.js("document.activeElement.matches('.val.on')")


def test_words_are_marked_with_the_mouse(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "e1", "where")
    view.press("c")
    view.js(
        """() => {
          const walker = document.createTreeWalker(document.querySelector('.text'), 4);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf('Syria');
            if (at < 0) continue;
            getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 5);
            return;
          }
        }"""
    )
    view.page.wait_for_selector("#mark mark:text-is('Syria')")
    view.press("Enter")
    saved(view)

    new = review.decisions[-1].new
    assert new is not None
    assert new.words == ("Syria",)


def test_words_that_cannot_be_the_value_are_not_taken(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "e1", "what")
    view.press("c", "ArrowLeft")
    view.page.wait_for_selector("#mark .reason")
    view.press("Enter")

    assert [one.action for one in review.decisions] == []
    assert view.page.locator("#mark").is_visible()


def test_another_code_is_chosen_from_its_list(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "p1", "status")
    view.press("e")
    view.page.keyboard.type("sig")
    view.press("Enter")
    saved(view)

    assert review.brief().pledges[0].status == "signed"
    assert "was “reported planned”" in row(view)
    assert view.page.inner_text(".val.on") == "signed"


def test_a_role_is_a_code_of_its_words(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "e1", "who")
    view.press("e")
    view.page.keyboard.type("host")
    view.press("Enter")
    saved(view)

    assert review.brief().events[0].participants[0].role == "host"
    assert "role host" in row(view)


def test_a_record_is_added_by_marking_and_choosing(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "e1", "where")
    view.press("n")
    while view.page.inner_text("#mark mark") != "Syria":
        view.press("ArrowLeft")
    view.press("Enter")
    view.page.keyboard.type("actor")
    view.press("Enter")
    view.page.wait_for_selector("#ask option:text('person')")
    view.page.keyboard.type("state")
    view.press("Enter")
    saved(view)

    added = review.brief().actors[-1]
    assert (added.name, added.kind, added.country) == ("Syria", "state", "SYR")
    assert told(view, ".card.on .what") == "state"
    assert "+ added by mk" in told(view, ".card.on .state")
    view.press("u")
    saved(view)
    assert len(review.brief().actors) == 1
    assert view.page.locator(".card.actor").count() == 1
    assert view.trouble == []


def test_a_value_is_added_to_a_record(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "p1", "supplier")
    view.press("v")
    view.page.keyboard.type("deliv")
    view.press("Enter")
    while view.page.inner_text("#mark mark") != "Friday":
        view.press("ArrowRight")
    view.press("Enter")
    saved(view)

    delivery = review.brief().pledges[0].delivery
    assert delivery is not None
    assert delivery.text == "Friday"
    assert "Friday" in told(view, ".card.pledge")


def test_whole_records_are_accepted_and_rejected(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "e1", "what")
    view.press("A")
    saved(view)
    choose(view, "a1", "name")
    view.press("X")
    saved(view)

    brief = review.brief()
    assert brief.actors == ()
    assert brief.events[0].review is not None
    assert brief.events[0].review.reviewer == "mk"
    assert "✗ rejected by mk" in told(view, ".card.actor .state")
    assert view.page.inner_text("#saved").startswith("2 of 4 decided")


def test_decisions_stand_after_a_reload_and_with_other_answers(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "e1", "where")
    view.press("x")
    saved(view)
    brief = review.articles[0].brief
    other = brief.events[0].model_copy(update={"id": "e7", "realis": "planned"})
    review.articles[0] = Article(brief.model_copy(update={"events": (other,)}), SAMPLE)

    view.page.reload()
    view.page.wait_for_selector(".decided.reject")

    assert "✗ rejected by mk" in told(view, ".card.event")
    corrected_event = review.brief().events[0]
    assert corrected_event.place is None


def test_what_has_no_record_on_the_page_is_listed_and_can_be_undone(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "a1", "name")
    view.press("X")
    saved(view)
    review.articles[0] = Article(review.brief(), SAMPLE)

    view.page.reload()
    view.page.wait_for_selector("#g-loose")
    assert "rejected by mk" in view.page.inner_text("#g-loose")
    view.page.click("#g-loose button")
    saved(view)

    assert fold(review.decisions) == ()


def test_two_windows_tell_each_other(serve: Serve) -> None:
    review = serve()
    mine, theirs = review.open(), review.open()
    for view in (mine, theirs):
        choose(view, "e1", "where")
    mine.press("a")
    saved(mine)
    theirs.page.wait_for_selector(".decided.accept")
    theirs.press("x")
    saved(theirs)

    mine.page.wait_for_selector(".rival")
    assert "rejected this at" in mine.page.inner_text(".rival")
    assert "theirs counts" in mine.page.inner_text(".rival")
    assert "yours counts" in theirs.page.inner_text(".rival")
    mine.page.click(".rival button")
    saved(mine)
    mine.page.wait_for_selector(".rival", state="detached")
    assert [one.action for one in fold(review.decisions)] == ["reject"]
    assert mine.trouble == theirs.trouble == []


def test_what_is_not_saved_is_kept_and_sent_again_with_its_id(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "e1", "where")
    review.down = True
    view.press("a", "j", "x")
    view.page.wait_for_selector("#alert:text('Not saved: no answer. 2 kept, trying again.')")
    assert "saving…" in told(view, ".card.event")
    assert [one.action for one in review.decisions] == []
    left = view.js(
        "(() => { const event = new Event('beforeunload', {cancelable: true});"
        "dispatchEvent(event); return event.defaultPrevented; })()"
    )
    assert left, "the page warns before it is left"

    review.down = False
    saved(view)

    assert [one.action for one in review.decisions] == ["accept", "reject"]
    assert view.page.inner_text("#alert") == ""


def test_a_refusal_is_told_and_nothing_is_kept(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "e1", "where")
    view.page.context.unroute_all()
    review.down = False
    view.page.context.route(
        "**/decisions", lambda route: route.fulfill(json={"error": "no such place"}, status=409)
    )
    view.press("a")
    view.page.wait_for_selector("#alert:text('Not saved: no such place')")

    assert view.page.locator(".decided").count() == 0
    assert [one.action for one in review.decisions] == []


def test_next_undecided_skips_what_is_decided(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "p1", "supplier")
    view.press("A")
    saved(view)
    view.press("s", ".")

    assert view.page.inner_text("#tools .note").startswith("e1")


def test_offsets_of_marks_are_code_points(serve: Serve) -> None:
    article = gold_articles()[0]
    text = f"😀👩‍👩‍👧 first.\n{article.text}"
    document = article.brief.document
    info = document.model_copy(update={"sha256": Document(text).sha256, "characters": len(text)})
    empty = {"events": (), "pledges": (), "actors": (), "document": info}
    review = serve(Article(article.brief.model_copy(update=empty), text))
    view = review.open()
    view.page.focus("#records")
    view.press("n")
    while view.page.inner_text("#mark mark") != "Ministry":
        view.press("ArrowRight")
    view.press("Enter")
    view.page.keyboard.type("actor")
    view.press("Enter")
    view.page.wait_for_selector("#ask option:text('person')")
    view.press("Enter")
    saved(view)

    new = review.decisions[0].new
    assert new is not None
    (start, end), *_ = new.cite
    assert text[start:end] == "Ministry"
    assert json.loads(review.journal.path.read_text("utf-8"))["new"]["words"] == ["Ministry"]


def test_an_added_record_comes_back_as_itself(serve: Serve) -> None:
    review = serve()
    view = review.open()
    choose(view, "e1", "where")
    view.press("n")
    while view.page.inner_text("#mark mark") != "Syria":
        view.press("ArrowLeft")
    view.press("Enter")
    view.page.keyboard.type("actor")
    view.press("Enter")
    view.page.wait_for_selector("#ask option:text('person')")
    view.press("Enter")
    saved(view)
    review.articles[0] = Article(review.brief(), SAMPLE)

    view.page.reload()
    view.page.wait_for_selector(".decided.add")

    assert view.page.locator(".card.actor").count() == 2
    assert view.page.locator("#g-loose").count() == 0
