"""The record that the view's tests rely on notices what it should notice."""

from pathlib import Path

import pytest
from conftest import Tab

pytestmark = pytest.mark.browser


def test_a_quiet_page_leaves_no_record(browser: Tab, tmp_path: Path) -> None:
    (tmp_path / "quiet.html").write_text("<!doctype html><title>quiet</title><p>Nothing.", "utf8")
    page = browser.open(tmp_path / "quiet.html")
    assert (page.title(), browser.requests, browser.messages) == ("quiet", [], [])


def test_requests_and_console_messages_are_recorded(browser: Tab, tmp_path: Path) -> None:
    html = "<!doctype html><script>console.warn('hm')</script><script src='https://cdn.example/vis.js'></script>"
    (tmp_path / "loud.html").write_text(html, "utf8")
    browser.open(tmp_path / "loud.html")
    assert browser.requests == ["https://cdn.example/vis.js"]
    assert "warning: hm" in browser.messages
