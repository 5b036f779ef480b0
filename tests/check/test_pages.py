"""Every rule has a page and a title in both languages."""

from __future__ import annotations

import pytest

from vanban.catalogue import LANGUAGES, entries
from vanban.check import pages
from vanban.check.schema_layer import RULES
from vanban.read.faults import IDS


def test_the_list_holds_reading_structure_and_every_rule_once() -> None:
    ids = pages.ids()
    assert len(ids) == len(set(ids))
    assert set(IDS) <= set(ids)
    assert set(RULES) <= set(ids)
    assert {"STR001", "DAT002", "MEM009"} <= set(ids)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rule", pages.ids())
def test_every_rule_has_a_title_and_a_page(rule: str, lang: str) -> None:
    title = pages.title(rule, lang)
    assert title
    assert "\n" not in title
    assert len(title) <= 100
    page = pages.page(rule, lang)
    assert page.startswith(rule)
    assert page.endswith("\n")
    assert len(page.splitlines()) > 2


def test_the_english_page_is_the_summary_alone() -> None:
    assert "Quy định" in pages.page("DAT002", "vi")
    assert "Quy định" not in pages.page("DAT002", "en")


def test_a_made_page_shows_no_placeholders() -> None:
    assert "{" not in pages.page("SCH005", "vi")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_id_of_reading_has_a_name(lang: str) -> None:
    assert set(entries("cli", lang)["name"]) == set(IDS)


def test_an_unknown_beginning_is_found() -> None:
    assert pages.unknown_beginning(("SCH", "DAT002", "XYZ")) == "XYZ"
    assert pages.unknown_beginning(("SCH", "DAT00")) is None
