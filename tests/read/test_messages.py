"""The wording of the INP family: complete in both languages, nothing left over."""

import re
import string
import tomllib
from importlib import resources
from pathlib import Path

import pytest

import vanban.read
from vanban import catalogue
from vanban.read.faults import IDS
from vanban.text import encodings

FILES = [*Path(vanban.read.__file__).parent.glob("*.py"), Path(encodings.__file__)]
SOURCES = "\n".join(path.read_text("utf-8") for path in FILES)


def table(lang):
    text = (resources.files("vanban") / "messages" / lang / "INP.toml").read_text("utf-8")
    return {
        f"{rule}.{slug}": sentence
        for rule, slugs in tomllib.loads(text).items()
        for slug, sentence in slugs.items()
    }


def fields(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


VI, EN = table("vi"), table("en")


def test_same_messages_with_same_arguments():
    assert VI.keys() == EN.keys()
    for key in VI:
        assert fields(VI[key]) == fields(EN[key]), key


def test_every_id_has_a_name_and_messages():
    assert {key.split(".")[0] for key in VI} == set(IDS)


def test_every_message_is_used():
    for key in VI:
        assert re.search(rf'"{key.split(".")[1]}"', SOURCES), key


@pytest.mark.parametrize("key", VI)
def test_renders(key):
    for lang, sentence in (("vi", VI[key]), ("en", EN[key])):
        said = catalogue.say(key, lang, **dict.fromkeys(fields(sentence), "X"))
        assert "{" not in said.replace("Dấu { ", "") or "X" in said
        # a sentence, on one line; a mended line may stand last
        assert "\n" not in said
        assert said[0].isupper() or said[0] in "X“"
        assert said.rstrip()[-1] in ".?)X"
