"""The page in a real browser: Chromium of the machine, driven by Playwright."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from callflow.serve.server import Preview
from tests.draw import chromium
from tests.serve.running import running

#: Told to the browser before any script of the page: what the policy forbids is kept, to be read.
_WATCH = """
window.forbidden = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.forbidden.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""
_SWITCHES = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if chromium.browser() is None:
        pytest.skip("no Chromium here: apt install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium.browser(), args=_SWITCHES, chromium_sandbox=False
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def empty_preview() -> Iterator[Preview]:
    with running() as preview:
        yield preview


Open = Callable[..., Any]


@pytest.fixture
def visit(browser: Any, empty_preview: Preview) -> Iterator[Open]:
    """Open the page. At the end it must have said nothing on the console and kept to its policy."""
    opened: list[tuple[Any, list[str]]] = []

    def visit(
        address: str | None = None, *, width: int = 1280, height: int = 900, **how: Any
    ) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **how)
        context.add_init_script(_WATCH)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.goto(address or empty_preview.address)
        page.wait_for_selector("body[data-ready]")
        opened.append((page, said))
        return page

    yield visit
    for page, said in opened:
        if not page.is_closed():
            assert page.evaluate("window.forbidden ?? []") == []
        assert said == []
        page.context.close()


@pytest.fixture
def show(visit: Open) -> Callable[..., Any]:
    """Open the page with a case."""

    def show(case: dict[str, Any], **how: Any) -> Any:
        page = visit(**how)
        pasted(page, case)
        return page

    return show


def pasted(page: Any, case: dict[str, Any]) -> None:
    """Paste a case into the empty page."""
    page.fill("#pasted", json.dumps(case))
    page.click("[data-form=paste] button[type=submit]")
    settled(page)


def settled(page: Any) -> None:
    """Wait until the desk has answered everything that was asked."""
    until(page, "callflow.settled()")


def until(page: Any, true: str) -> None:
    """Look at the page again and again until something is true of it.

    Playwright's own way to wait for that needs `eval`, which the page's policy forbids.
    """
    for _ in range(1500):
        if page.evaluate(true):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"it never came that {true}")
