"""The reader of these tests sees what is wrong: each fault put in by hand is reported."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from archived import Made
from tagged import TaggedPdf


def rewrite(page: Any, change: Callable[[list[Any]], None]) -> None:
    """Change the operators of a page."""
    operators = list(pikepdf.parse_content_stream(page))
    change(operators)
    page.Contents.write(pikepdf.unparse_content_stream(operators))


def first(operators: list[Any], sign: str, after: int = 0) -> int:
    """Return where an operator stands first."""
    return next(n for n, (_, op) in enumerate(operators) if n >= after and str(op) == sign)


def unmark(operators: list[Any]) -> None:
    start = first(operators, "BDC")
    end = first(operators, "EMC", start)
    del operators[end], operators[start]


def mark_twice(operators: list[Any]) -> None:
    one = next(n for n, (o, op) in enumerate(operators) if str(op) == "BDC" and o[1].get("/MCID"))
    other = first(operators, "BDC", one + 1)
    operators[other] = operators[one]


def nest(operators: list[Any]) -> None:
    start = next(n for n, (o, op) in enumerate(operators) if str(op) == "BDC" and "/MCID" in o[1])
    end = first(operators, "EMC", start)
    operators.insert(end, ([], pikepdf.Operator("EMC")))
    operators.insert(start + 1, ([pikepdf.Name("/Artifact")], pikepdf.Operator("BMC")))


def leave_open(operators: list[Any]) -> None:
    del operators[[n for n, (_, op) in enumerate(operators) if str(op) == "EMC"][-1]]


def swap_parents(pdf: pikepdf.Pdf) -> None:
    array = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    array[0], array[1] = array[1], array[0]


def orphan(pdf: pikepdf.Pdf) -> None:
    element = pdf.Root.StructTreeRoot.ParentTree.Nums[1][0]
    del element["/K"]


def strange_role(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[1][0].S = pikepdf.Name("/Paragraph")


def wrong_parent(pdf: pikepdf.Pdf) -> None:
    element = pdf.Root.StructTreeRoot.ParentTree.Nums[1][0]
    element.P = pdf.Root.StructTreeRoot.K


FAULTS: dict[str, tuple[Callable[[Any], None], str]] = {
    "unmarked": (lambda pdf: rewrite(pdf.pages[1], unmark), "outside any mark"),
    "twice": (lambda pdf: rewrite(pdf.pages[1], mark_twice), "comes twice"),
    "nested": (lambda pdf: rewrite(pdf.pages[1], nest), "an artifact stands in a mark"),
    "open": (lambda pdf: rewrite(pdf.pages[1], leave_open), "not closed"),
    "swapped": (swap_parents, "names another owner"),
    "orphaned": (orphan, "owned by nobody"),
    "strange": (strange_role, "no standard structure type"),
    "wrong parent": (wrong_parent, "does not name its parent"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_seen(name: str, long_report: Made) -> None:
    spoil, said = FAULTS[name]
    with pikepdf.open(io.BytesIO(long_report.data)) as pdf:
        spoil(pdf)
        spoiled = io.BytesIO()
        pdf.save(spoiled)
    faults = TaggedPdf(spoiled.getvalue()).faults
    assert any(said in fault for fault in faults), faults
