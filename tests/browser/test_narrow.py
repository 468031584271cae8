"""A phone of 360 pixels: what belongs on one line stands on one line, in both languages."""

import pytest

from tests.factories.services import open_offering

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wednesday_morning")]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("address", "line"),
    [("/book/", ".top > .brand, .top .pill"), ("/centres/town/", ".hours .today > *")],
    ids=["name and state", "today and its hours"],
)
def test_keeps_a_line_together(open_phone, language, address, line):
    open_offering()
    page = open_phone(language=language)
    page.goto(address)

    boxes = [part.bounding_box() for part in page.locator(line).all()]

    assert len(boxes) == 2
    assert boxes[1]["y"] < boxes[0]["y"] + boxes[0]["height"]
