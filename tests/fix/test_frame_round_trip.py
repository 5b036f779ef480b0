"""Damaged frames, figures and dates come back byte for byte, whatever style holds them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.kit import EXAMPLES, sound
from vanban.check.rule import FixClass
from vanban.fixing import fix
from vanban.read.reader import read_path, read_text
from vanban.rules import modules

PARTY, STATE = "party", "state"
HEADING = "Công tác dân vận của Đảng"
SUBJECT = "sơ kết công tác xây dựng Đảng 9 tháng đầu năm 2023"
PLAN = "Thực hiện Kế hoạch số {}, ngày 20/02/2023 của Đảng ủy xã, các chi bộ làm tốt việc này."
DAY = "Đảng ủy tổ chức đối thoại với Nhân dân ngày {} tại nhà văn hóa."
COUNT = "Toàn xã có {} hộ, tỷ lệ hộ tham gia đạt {}%; {} con heo."


@dataclass(frozen=True)
class Damage:
    """A value of a draft, and what stands there by mistake."""

    rule: str
    draft: str
    path: str
    right: str
    wrong: str


def each(rule: str, draft: str, path: str, right: str, *wrong: str) -> list[Damage]:
    return [Damage(rule, draft, path, right, one) for one in wrong]


_ISSUER, _ABOVE = "the_thuc.co_quan_ban_hanh", "the_thuc.co_quan_cap_tren"
_SYMBOL, _SIGNER = "the_thuc.ky_hieu", "the_thuc.nguoi_ky"
_SUBJECT = "the_thuc.trich_yeu"
_MASS, _MINDS = "ket_qua.xay_dung_dang.dan_van", "ket_qua.xay_dung_dang.chinh_tri_tu_tuong"
_BASE = "ket_qua.xay_dung_dang.to_chuc"

DAMAGES = (
    *each("FMT009", PARTY, _ABOVE, "Đảng bộ huyện Mẫu", "Huyện ủy Mẫu", "HU Mẫu"),
    *each("FMT011", PARTY, _ABOVE, "Đảng bộ huyện Mẫu", "ĐB huyện Mẫu"),
    *each("FMT011", PARTY, _ISSUER, "Đảng ủy xã Mẫu", "ĐU xã Mẫu"),
    *each("FMT011", STATE, _ISSUER, "Ủy ban nhân dân xã Mẫu", "UBND xã Mẫu"),
    *each("FMT013", PARTY, _SYMBOL, "BC/ĐU", "BC/ĐUX"),
    *each("FMT013", STATE, _SYMBOL, "BC-UBND", "BC-UB"),
    *each("FMT014", PARTY, _SYMBOL, "BC/ĐU", "bc/đu", "BC / ĐU", "BCĐU", "BC-ĐU"),
    *each("FMT014", STATE, _SYMBOL, "BC-UBND", "BC/UBND"),
    *each("FMT015", PARTY, "the_thuc.so", "05", "05-BC/ĐU", "005"),
    *each("FMT016", PARTY, _MINDS, PLAN.format("12-KH/ĐU"), *map(PLAN.format, (
        ": 12-KH/ĐU", "12 - KH/ĐU", "12/KH-ĐU", "12-KH / ĐU",
    ))),
    *each("FMT018", PARTY, "the_thuc.dia_danh", "Xã Mẫu", "Xã Mẫu, ngày 09 tháng 10 năm 2023"),
    *each("FMT020", PARTY, f"{_SIGNER}.quyen_han", "T/M Ban Chấp hành", "TM. Ban Chấp hành",
          "T/MBan Chấp hành"),
    *each("FMT020", STATE, f"{_SIGNER}.quyen_han", "TM. Ủy ban nhân dân", "T/M Ủy ban nhân dân"),
    *each("FMT022", PARTY, f"{_SIGNER}.quyen_han", "T/M Ban Chấp hành", "Ban Chấp hành"),
    *each("FMT023", PARTY, f"{_SIGNER}.chuc_vu", "Bí thư", "Bí thư Đảng ủy"),
    *each("FMT023", STATE, f"{_SIGNER}.chuc_vu", "Chủ tịch", "Chủ tịch Ủy ban nhân dân xã"),
    *each("FMT024", PARTY, f"{_SIGNER}.ho_ten", "Nguyễn Văn A", "ThS. Nguyễn Văn A",
          "Đồng chí Nguyễn Văn A"),
    *each("FMT024", STATE, f"{_SIGNER}.ho_ten", "Trần Thị B", "Trung tá Trần Thị B"),
    *each("FMT026", PARTY, _SUBJECT, SUBJECT, SUBJECT.capitalize().replace("đảng", "Đảng")),
    *each("FMT027", PARTY, _SUBJECT, SUBJECT, f"{SUBJECT}.", f"báo cáo {SUBJECT}"),
    *each("FMT029", PARTY, "the_thuc.noi_nhan.2", "Lưu VPĐU", "Lưu: VT, VPĐU"),
    *each("FMT030", PARTY, "the_thuc.noi_nhan.0", "Ban Thường vụ Huyện ủy (báo cáo)",
          "- Ban Thường vụ Huyện ủy (báo cáo)", "Ban Thường vụ Huyện ủy (báo cáo);"),
    *each("FMT033", PARTY, f"{_MASS}.nhan", "5.", "5-"),
    *each("FMT034", PARTY, f"{_MASS}.tieu_de", HEADING, f"5. {HEADING}"),
    *each("FMT035", PARTY, f"{_MASS}.tieu_de", HEADING, f"{HEADING}:"),
    *each("DAT009", PARTY, f"{_MASS}.noi_dung", DAY.format("05 tháng 02 năm 2023"), *map(
        DAY.format, ("5 tháng 02 năm 2023", "05 tháng 2 năm 2023", "5 tháng 2 năm 2023"))),
    *each("NUM009", PARTY, _BASE, COUNT.format("2.486", "87,7", "8.400"),
          COUNT.format("2,486", "87,7", "8.400"), COUNT.format("2.486", "87.7", "8.400"),
          COUNT.format("2\u00a0486", "87,7", "8.400"), COUNT.format("2.486", "87,7", "8400")),
)  # fmt: skip


def put(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    *parents, last = path.split(".")
    node: Any = data
    for part in parents:
        node = node[int(part)] if isinstance(node, list) else node.setdefault(part, {})
    node[int(last) if isinstance(node, list) else last] = value
    return data


def base(draft: str) -> dict[str, Any]:
    """A clean draft that holds every right value."""
    if draft == PARTY:
        data = put(sound(), _MASS, {})
    else:
        data = dict(read_path(str(next((EXAMPLES / "nd30").glob("*.yaml")))).data)
    for damage in DAMAGES:
        if damage.draft == draft:
            put(data, damage.path, damage.right)
    return data


DRAFTS = {draft: json.dumps(base(draft), ensure_ascii=False) for draft in (PARTY, STATE)}
_PLAIN = re.compile(r"[^\W\d_][^\W_]*(?:[ /.,;()%]+[^\W_]+)*[.)]?")


class Writer:
    """Writes a draft twice in the same random styles: clean, and with some values replaced."""

    def __init__(self, draw: st.DrawFn, wrong: dict[str, str]) -> None:
        self._draw = draw
        self._wrong = wrong
        self.clean: list[str] = []
        self.broken: list[str] = []

    def _add(self, clean: str, broken: str | None = None) -> None:
        self.clean.append(clean)
        self.broken.append(clean if broken is None else broken)

    def node(self, value: Any, path: str, margin: str) -> None:
        """Write a value behind its key or dash."""
        if isinstance(value, dict) and value:
            self._add("\n")
            for key, below in value.items():
                self._add(f"{margin}{key}:")
                self.node(below, f"{path}.{key}" if path else key, margin + "  ")
        elif isinstance(value, list) and value:
            self._add("\n")
            for number, below in enumerate(value):
                self._add(f"{margin}-")
                self.node(below, f"{path}.{number}", margin + "  ")
        elif isinstance(value, str) and "\n" not in value:
            self._scalar(value, self._wrong.get(path, value), margin)
        else:
            self._add(f" {json.dumps(value, ensure_ascii=False)}\n")

    def _scalar(self, right: str, wrong: str, margin: str) -> None:
        styles = ['"', "'", "|-", ">-"]
        if right.endswith("."):
            styles += ["|", ">"]
        if all(_PLAIN.fullmatch(one) for one in (right, wrong)):
            styles += ["", ""]
        style = self._draw(st.sampled_from(styles))
        comment = self._draw(st.sampled_from(["", "", "   # ghi chú: giữ nguyên"]))
        self._add(*(self._styled(one, style, comment, margin) for one in (right, wrong)))

    @staticmethod
    def _styled(text: str, style: str, comment: str, margin: str) -> str:
        if style[:1] in ("|", ">"):
            return f" {style}{comment}\n{margin}  {text}\n"
        if style == '"':
            text = text.replace('"', '\\"')
        return f" {style}{text}{style}{comment}\n"


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, str]:
    """A clean draft, and the same with a few wrong values; no two of them in one group."""
    draft = draw(st.sampled_from([PARTY, PARTY, STATE]))
    own = [damage for damage in DAMAGES if damage.draft == draft]
    wrong = {one.path: one.wrong for one in draw(st.lists(st.sampled_from(own), max_size=4))}
    writer = Writer(draw, wrong)
    writer.node(json.loads(DRAFTS[draft]), "", "")
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    texts = ("".join(parts).lstrip("\n") for parts in (writer.clean, writer.broken))
    clean, broken = (mark + text.replace("\n", newline) for text in texts)
    return clean, broken


def test_every_safe_rule_of_other_families_is_here() -> None:
    safe = {m.RULE.id for m in modules() if m.RULE.fix is FixClass.SAFE}
    assert {id for id in safe if not id.startswith("TXT")} == {one.rule for one in DAMAGES}


@pytest.mark.parametrize("draft", DRAFTS)
def test_the_drafts_are_clean(draft: str) -> None:
    made = fix(read_text(DRAFTS[draft], "json"))
    assert not made.changed and not made.before.findings


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: f"{one.rule}-{one.wrong[:30]}")
def test_each_in_json(damage: Damage) -> None:
    data = put(json.loads(DRAFTS[damage.draft]), damage.path, damage.wrong)
    made = fix(read_text(json.dumps(data, ensure_ascii=False), "json"))
    assert made.text == DRAFTS[damage.draft]
    assert damage.rule in {finding.rule for finding in made.mended}
    assert not fix(made.draft).changed


@settings(max_examples=60, deadline=None)
@given(damaged())
def test_yaml(pair: tuple[str, str]) -> None:
    clean, broken = pair
    made = fix(read_text(broken))
    assert made.text == clean
    assert made.changed == (clean != broken)
    assert not fix(made.draft).changed
