"""Runs a module of the browser's part inside a page, with nothing of the circle around it."""

from typing import Any

from playwright.sync_api import Page


def run(page: Page, script: str) -> Any:
    """What the body of an async function comes to."""
    return page.evaluate("async () => {" + script + "}")
