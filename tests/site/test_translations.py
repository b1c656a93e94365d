"""Everything the pages say in English is said in Vietnamese, the same way everywhere."""

import re
import string
from collections import defaultdict

import pytest
from babel.messages.pofile import read_po

from sinhthai.site.translations import PACKAGE

CATALOGUES = sorted(PACKAGE.glob("*/locale/vi/LC_MESSAGES/django.po"))


def messages(path):
    with path.open("rb") as source:
        return [message for message in read_po(source, locale="vi") if message.id]


def placeholders(text):
    old = re.findall(r"%\(\w+\)[sd]", text)
    new = (
        [f"{{{name}}}" for _t, name, _f, _c in string.Formatter().parse(text) if name]
        if "{" in text
        else []
    )
    return sorted(old + new)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_every_sentence_has_its_vietnamese(path):
    for message in messages(path):
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(said), f"not translated: {message.id}"
        assert not message.fuzzy, f"not sure: {message.id}"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_no_figure_is_lost_in_translation(path):
    for message in messages(path):
        if isinstance(message.id, tuple):
            assert set(placeholders(message.string[-1])) <= set(placeholders(message.id[-1]))
        else:
            assert placeholders(message.string) == placeholders(message.id), message.id


def test_the_same_words_are_said_the_same_way_in_every_slice():
    said = defaultdict(dict)
    for path in CATALOGUES:
        for message in messages(path):
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            text = message.string[0] if isinstance(message.string, tuple) else message.string
            said[message.context, key].setdefault(text, []).append(path.parts[-5])
    differing = {key: texts for key, texts in said.items() if len(texts) > 1}
    assert differing == {}
