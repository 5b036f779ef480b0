from __future__ import annotations

from typing import Any

from vanban.compose.document import Paragraph, Table

from .drafts import body, composed, small, tables


def opening(value: Any) -> list[tuple[str, str]]:
    """Return styles and texts of a block below a 1.-level heading."""
    data = small()
    data["danh_gia"]["uu_diem"] = value
    document = composed(data)
    texts = [(b.style, b.text) for b in document.body if isinstance(b, Paragraph)]
    start = texts.index(("khoan", "1. Ưu điểm"))
    end = texts.index(("khoan", "2. Hạn chế, khuyết điểm"))
    return texts[start + 1 : end]


def test_blank_lines_part_paragraphs_and_breaks_are_spaces() -> None:
    assert opening("Một\ndòng.\n\n  \nĐoạn hai.\n") == [
        ("noi_dung", "Một dòng."),
        ("noi_dung", "Đoạn hai."),
    ]


def test_levels_below_a_clause() -> None:
    block = [
        "Dòng gạch.",
        {
            "tieu_de": "Mục a",
            "noi_dung": "Lời a.",
            "muc_con": [
                "Dòng trong a.",
                {
                    "tieu_de": "Ý gạch",
                    "muc_con": ["Dòng cộng.", {"noi_dung": "Cộng nữa.", "muc_con": ["Sâu."]}],
                },
            ],
        },
        {"noi_dung": "Lời b.\n\nĐoạn hai của b."},
    ]
    assert opening(block) == [
        ("gach", "- Dòng gạch."),
        ("diem", "a) Mục a: Lời a."),
        ("gach", "- Dòng trong a."),
        ("gach", "- Ý gạch"),
        ("cong", "+ Dòng cộng."),
        ("cong", "+ Cộng nữa."),
        ("cong", "+ Sâu."),
        ("diem", "b) Lời b."),
        ("noi_dung", "Đoạn hai của b."),
    ]


def test_four_levels_below_a_section() -> None:
    data = small()
    data["phuong_huong"]["muc_tieu"] = [
        {
            "tieu_de": "Một",
            "muc_con": [
                {
                    "tieu_de": "Hai",
                    "muc_con": [
                        {"tieu_de": "Ba", "muc_con": [{"tieu_de": "Bốn", "noi_dung": "Lời."}]}
                    ],
                }
            ],
        }
    ]
    texts = body(composed(data))
    start = texts.index("1. Một")
    assert texts[start : start + 4] == ["1. Một", "a) Hai", "- Ba", "+ Bốn: Lời."]


def test_lead_is_bold_but_never_behind_a_dash() -> None:
    data = small()
    data["danh_gia"]["uu_diem"] = [
        {"tieu_de": "Đoàn kết.", "noi_dung": "Lời."},
        {"tieu_de": "Kinh tế", "muc_con": [{"tieu_de": "Lúa", "noi_dung": "Lời lúa."}]},
    ]
    document = composed(data)
    found = {b.text: b for b in document.body if isinstance(b, Paragraph)}
    lead = found["a) Đoàn kết. Lời."]
    assert [(run.text, run.bold) for run in lead.runs] == [
        ("a) Đoàn kết. ", True),
        ("Lời.", False),
    ]
    assert lead.level is None
    dash = found["- Lúa: Lời lúa."]
    assert not any(run.bold for run in dash.runs)
    title = found["b) Kinh tế"]
    assert title.runs[0].bold
    assert title.level == 4


def test_more_than_one_paragraph_puts_the_title_on_its_own_line() -> None:
    assert opening([{"tieu_de": "Mục", "noi_dung": "Một.\n\nHai."}]) == [
        ("diem", "a) Mục"),
        ("noi_dung", "Một."),
        ("noi_dung", "Hai."),
    ]


def test_lines_of_several_paragraphs() -> None:
    assert opening(["Một.\n\nHai."]) == [("gach", "- Một."), ("noi_dung", "Hai.")]


def test_content_that_is_a_list() -> None:
    assert opening([{"tieu_de": "Mục", "noi_dung": ["x.", {"noi_dung": "y."}]}]) == [
        ("diem", "a) Mục"),
        ("gach", "- x."),
        ("gach", "- y."),
    ]
    assert opening([{"noi_dung": [{"noi_dung": "y."}, {"noi_dung": "z."}]}]) == [
        ("diem", "a) y."),
        ("diem", "b) z."),
    ]


def test_own_labels_of_items_and_numbers_after_list_content() -> None:
    assert opening(
        [
            {"nhan": "α", "tieu_de": "Mục", "noi_dung": "Lời."},
            {
                "tieu_de": "Sau",
                "noi_dung": [{"noi_dung": "một."}],
                "muc_con": [{"noi_dung": "hai."}],
            },
        ]
    ) == [
        ("diem", "α) Mục: Lời."),
        ("diem", "b) Sau"),
        ("gach", "- một."),
        ("gach", "- hai."),
    ]


def test_scalars_are_printed_the_vietnamese_way() -> None:
    assert opening([1234567, True, False, {"noi_dung": 5}]) == [
        ("gach", "- 1.234.567"),
        ("gach", "- có"),
        ("gach", "- không"),
        ("diem", "a) 5"),
    ]


def test_free_table_stands_where_it_is_written() -> None:
    data = small()
    data["danh_gia"]["uu_diem"] = [
        {
            "tieu_de": "Bảng",
            "bang": {"tieu_de": "Số liệu", "cot": ["A", "B"], "dong": [["x", 1246]]},
        },
        "Sau bảng.",
    ]
    document = composed(data)
    (table,) = tables(document)
    place = document.body.index(table)
    before, after = document.body[place - 1], document.body[place + 1]
    assert isinstance(before, Paragraph) and before.text == "a) Bảng"
    assert isinstance(after, Paragraph) and after.text == "- Sau bảng."
    assert table.caption == "Số liệu"
    assert table.rows[0][1].text == "1.246"
    assert isinstance(table, Table) and table.pointer == "/danh_gia/uu_diem/0/bang"


def test_more_items_than_letters() -> None:
    found = opening([{"noi_dung": f"Ý {n}."} for n in range(1, 26)])
    assert found[4][1] == "đ) Ý 5."
    assert found[6][1] == "g) Ý 7."
    assert found[22][1] == "y) Ý 23."
    assert found[23][1] == "aa) Ý 24."


def test_texts_are_composed() -> None:
    assert opening("Đảng uy\u0309 xã")[0][1] == "Đảng uỷ xã"


def test_pointers_lead_back_to_the_draft() -> None:
    data = small()
    data["danh_gia"]["uu_diem"] = ["Một.", {"tieu_de": "Hai", "muc_con": ["Ba."]}]
    pointers = {b.text: b.pointer for b in composed(data).body if isinstance(b, Paragraph)}
    assert pointers["- Một."] == "/danh_gia/uu_diem/0"
    assert pointers["- Ba."] == "/danh_gia/uu_diem/1/muc_con/0"
    assert pointers["Lời kiến nghị."] == "/kien_nghi"
