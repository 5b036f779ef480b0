"""Every measured test of the pages that WeasyPrint sets, run on those that Typst sets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import test_alike
import test_pdf
from test_pdf import party_page  # noqa: F401 - a fixture of the tests taken over

from vanban.render import typst

# What these look at is WeasyPrint's own: its templates, its caches, its libraries.
OF_WEASYPRINT = {
    "test_a_pdf_without_pages_is_refused",
    "test_a_picture_that_lies_in_the_template",
    "test_an_own_template_may_add_text",
    "test_missing_pango_names_the_remedy",
    "test_missing_weasyprint_names_the_remedy",
    "test_nothing_is_fetched",
    "test_own_template_missing_or_broken",
    "test_style_sheets_do_not_pile_up",
}
OF_PAGES = {
    "test_a_short_table_is_not_broken",
    "test_no_row_of_a_long_table_stands_alone",
    "test_headings_are_not_stretched",
}


@pytest.fixture(scope="module", autouse=True)
def typst_sets_the_pages() -> Iterator[None]:
    """Put Typst behind the names by which those tests ask for pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(test_pdf, "_cache", {})
        patch.setattr(test_pdf, "render_pdf_pages", typst.render_pdf_pages)
        for module in (test_pdf, test_alike):
            patch.setattr(module, "render_pdf", lambda *a: typst.render_pdf_pages(*a).data)
        yield


def _tests(module: object) -> dict[str, object]:
    return {name: value for name, value in vars(module).items() if name.startswith("test_")}


def test_what_is_left_out_is_there() -> None:
    assert _tests(test_pdf).keys() > OF_WEASYPRINT
    assert _tests(test_alike).keys() > OF_PAGES


globals().update({n: t for n, t in _tests(test_pdf).items() if n not in OF_WEASYPRINT})
globals().update({n: t for n, t in _tests(test_alike).items() if n in OF_PAGES})
