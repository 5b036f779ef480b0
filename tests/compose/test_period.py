from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from vanban import kinds
from vanban.compose.outline import load_outline
from vanban.compose.period import (
    NextPeriod,
    derived_next,
    next_period,
    parse_term,
    period_of,
    whole_months,
)
from vanban.compose.phrases import period_phrases

from .drafts import KIND, PERIODS


def period(name: str, **more: Any) -> dict[str, Any]:
    return {"ky_bao_cao": {**PERIODS[name], **more}}


def test_period_holds_what_the_draft_says() -> None:
    found = period_of(period("chin_thang", nam=2023, ngay_chot_so_lieu="30/9/2023"))
    assert found is not None
    assert (found.kind, found.start, found.end) == (
        "chin_thang",
        date(2023, 1, 1),
        date(2023, 9, 30),
    )
    assert (found.year, found.months, found.data_date) == (2023, 9, date(2023, 9, 30))
    assert found.topic is None
    assert found.term is None


def test_year_is_that_of_the_last_day_unless_given() -> None:
    data = {"ky_bao_cao": {"loai_ky": "nam", "tu_ngay": "2022-12-15", "den_ngay": "2023-12-14"}}
    found = period_of(data)
    assert found is not None
    assert (found.year, found.months) == (2023, None)
    data["ky_bao_cao"]["nam"] = "2022"
    again = period_of(data)
    assert again is not None
    assert again.year == 2022


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"ky_bao_cao": "9 tháng"},
        {"ky_bao_cao": {"loai_ky": "nam"}},
        {"ky_bao_cao": {"loai_ky": "nam", "tu_ngay": "2023-12-31", "den_ngay": "2023-01-01"}},
        {"ky_bao_cao": {"loai_ky": 9, "tu_ngay": "2023-01-01", "den_ngay": "2023-09-30"}},
        {"ky_bao_cao": {"loai_ky": "nam", "tu_ngay": "31/02/2023", "den_ngay": "2023-09-30"}},
    ],
)
def test_incomplete_periods_are_none(broken: dict[str, Any]) -> None:
    assert period_of(broken) is None


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("thang", date(2023, 6, 1), date(2023, 6, 30)),
        ("quy", date(2023, 4, 1), date(2023, 6, 30)),
        ("sau_thang", date(2023, 7, 1), date(2023, 12, 31)),
        ("chin_thang", date(2023, 10, 1), date(2023, 12, 31)),
        ("n_thang", date(2023, 8, 1), date(2023, 12, 31)),
        ("nam", date(2024, 1, 1), date(2024, 12, 31)),
        ("giua_nhiem_ky", date(2023, 1, 1), date(2025, 12, 31)),
        ("nhiem_ky", date(2025, 6, 1), date(2030, 12, 31)),
    ],
)
def test_next_period(name: str, start: date, end: date) -> None:
    found = period_of(period(name))
    assert found is not None
    assert derived_next(found) == NextPeriod(start, end)


def test_thematic_report_has_no_next_period_of_its_own() -> None:
    found = period_of(period("chuyen_de"))
    assert found is not None
    assert derived_next(found) is None
    assert next_period(found, {"ky_toi": {"ten": "giai đoạn 2023 - 2025"}}) == NextPeriod(
        date(2023, 1, 1), date(2023, 1, 1), "giai đoạn 2023 - 2025"
    )


def test_given_next_period_goes_first() -> None:
    found = period_of(period("chin_thang"))
    assert found is not None
    given = next_period(found, {"ky_toi": {"tu_ngay": "01/11/2023"}})
    assert given == NextPeriod(date(2023, 11, 1), date(2023, 12, 31))


def test_terms_and_months() -> None:
    assert parse_term("2020-2025") == (2020, 2025)
    assert parse_term("2020 – 2025") == (2020, 2025)
    assert parse_term("2025-2020") is None
    assert parse_term(2020) is None
    assert whole_months(date(2023, 1, 1), date(2023, 9, 29)) is None
    assert whole_months(date(2023, 2, 1), date(2023, 2, 28)) == 1


@pytest.mark.parametrize(
    ("name", "here", "ahead"),
    [
        ("thang", "tháng 5 năm 2023", "tháng 6 năm 2023"),
        ("quy", "quý I năm 2023", "quý II năm 2023"),
        ("sau_thang", "6 tháng đầu năm 2023", "6 tháng cuối năm 2023"),
        ("chin_thang", "9 tháng đầu năm 2023", "3 tháng cuối năm 2023"),
        ("n_thang", "7 tháng đầu năm 2023", "5 tháng cuối năm 2023"),
        ("nam", "năm 2023", "năm 2024"),
        ("chuyen_de", "5 năm thực hiện Nghị quyết số 18-NQ/TW", "thời gian tới"),
        ("giua_nhiem_ky", "nửa đầu nhiệm kỳ 2020-2025", "nửa cuối nhiệm kỳ 2020-2025"),
        ("nhiem_ky", "nhiệm kỳ 2020-2025", "nhiệm kỳ 2025-2030"),
    ],
)
def test_phrases(name: str, here: str, ahead: str) -> None:
    kind = kinds.find(KIND)
    assert kind is not None
    phrases = period_phrases(period(name), load_outline(kind.outline_path))
    assert (phrases["ky"], phrases["ky_toi"]) == (here, ahead)


def test_odd_spans_are_called_by_their_days() -> None:
    kind = kinds.find(KIND)
    assert kind is not None
    outline = load_outline(kind.outline_path)
    data: dict[str, Any] = period("n_thang", tu_ngay="2023-04-01", den_ngay="2023-09-30")
    assert period_phrases(data, outline)["ky"] == "từ ngày 01/4/2023 đến ngày 30/9/2023"
    data = {**period("chin_thang"), "ky_toi": {"den_ngay": "2024-03-31"}}
    assert period_phrases(data, outline)["ky_toi"] == "từ ngày 01/10/2023 đến ngày 31/3/2024"
    data = {**period("chin_thang"), "ky_toi": {"ten": "quý IV năm 2023"}}
    assert period_phrases(data, outline)["ky_toi"] == "quý IV năm 2023"
    data = period("n_thang", den_ngay="2023-12-31")
    assert period_phrases(data, outline)["ky"] == "năm 2023"
    data = {**period("chin_thang"), "ky_bao_cao": {"loai_ky": "lạ"}}
    assert period_phrases(data, outline)["ky"] == "[chưa rõ kỳ báo cáo]"


def test_year_end_quarter_and_month_lead_into_the_next_year() -> None:
    kind = kinds.find(KIND)
    assert kind is not None
    outline = load_outline(kind.outline_path)
    december = period("thang", tu_ngay="2023-12-01", den_ngay="2023-12-31")
    found = period_phrases(december, outline)
    assert found["ky_gon"] == "tháng 12 năm 2023"
    assert found["ky_toi"] == "tháng 01 năm 2024"
    quarter = period("quy", tu_ngay="2023-10-01", den_ngay="2023-12-31")
    assert period_phrases(quarter, outline)["ky_toi"] == "quý I năm 2024"
