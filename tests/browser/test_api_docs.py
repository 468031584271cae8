"""The API's own documentation, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


def test_shows_the_operations_within_its_content_policy(page: Page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))

    page.goto("/api/v1/docs/")
    page.locator(".opblock-post button").first.click()

    expect(page.locator(".opblock-body").first).to_be_visible()
    assert complaints == []
