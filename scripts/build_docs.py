"""Write what is generated for readers: a page per rule, the page of settings, pre-commit hooks.

``python scripts/build_docs.py`` writes; with ``--check`` it only tells what has drifted (exit 1).
Everything is taken from the rules, the settings' schema and the catalogue.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from vanban.catalogue import say
from vanban.check import pages
from vanban.check.rule import FixClass
from vanban.rules import modules

ROOT = Path(__file__).resolve().parent.parent
RULES = Path("docs/rules")
SETTINGS = Path("docs/cau-hinh.md")
HOOKS = Path(".pre-commit-hooks.yaml")

MADE = (
    "<!-- Trang này được tạo bằng scripts/build_docs.py; sửa ở nguồn của nó, không sửa ở đây. -->"
)
SAMPLES = ("Sai", "Đúng")
FAMILIES = {
    "INP": "Đọc tệp",
    "SCH": "Cấu trúc",
    "STR": "Bố cục",
    "DAT": "Ngày tháng, kỳ báo cáo",
    "NUM": "Số liệu",
    "MEM": "Đảng viên",
    "ORG": "Tổ chức đảng, sinh hoạt",
    "GRA": "Xếp loại",
    "DIS": "Kiểm tra, giám sát, kỷ luật, đơn thư",
    "ECO": "Kinh tế - xã hội",
    "XRF": "Đối chiếu trong văn bản",
    "FMT": "Thể thức",
    "TXT": "Chính tả",
    "CFG": "Cấu hình, chú thích bỏ qua",
    "OUT": "Tệp xuất ra",
}
FIXES = {
    FixClass.NONE: "không có",
    FixClass.SAFE: "an toàn (không đổi nghĩa)",
    FixClass.UNSAFE: "cần người xem lại",
}


def rule_page(rule: str, module: ModuleType | None) -> str:
    """Return the page of one rule as Markdown."""
    text = pages.page(rule, "vi").partition("\n\n")[2].strip()
    lines = [MADE, "", f"# {rule} - {pages.title(rule, 'vi')}", ""]
    if module is None:
        return "\n".join([*lines, *_messages(text)]) + "\n"
    declared = module.RULE
    severity = say(f"output.{declared.severity}", "vi")
    certainty = say(f"output.certainty.{declared.source.certainty}", "vi")
    fix = FIXES[declared.fix]
    trust = f"{declared.source.certainty} ({certainty})"
    lines += [f"Mức: **{severity}** · Sửa tự động: **{fix}** · Độ tin cậy: **{trust}**", ""]
    if declared.options:
        lines += ["Tùy chọn (trong `vanban.toml`):", "", "```toml", f"[options.{rule}]"]
        lines += [f"{name} = {_toml(value)}" for name, value in declared.options.items()]
        lines += ["```", ""]
    for heading, body in _parts(text):
        lines += [f"## {heading}", ""]
        lines += ["```yaml", body, "```", ""] if heading in SAMPLES else [_plain(body), ""]
    english = pages.page(rule, "en").partition("\n\n")[2].strip()
    lines += ["## In English", "", _plain(english)]
    return "\n".join(lines).rstrip() + "\n"


def _plain(text: str) -> str:
    """Return running text with the code marks of Markdown instead of those of docstrings."""
    return text.replace("``", "`")


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield each heading of a page with what stands below it."""
    heading, body = "", list[str]()
    for line in text.splitlines()[1:]:
        if line[:1].strip():
            if heading:
                yield heading, textwrap.dedent("\n".join(body)).strip("\n")
            heading, body = line.strip(), []
        else:
            body.append(line)
    yield heading, textwrap.dedent("\n".join(body)).strip("\n")


def _messages(text: str) -> list[str]:
    """Return the messages of an id without a module as a list."""
    lines = text.splitlines()[2:]
    return [line.strip().replace("  - ", "- ") for line in lines]


def _toml(value: Any) -> str:
    if isinstance(value, Mapping | list | tuple | str | bool):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def rule_index() -> str:
    """Return the list of all rules, family by family."""
    lines = [MADE, "", "# Các quy tắc kiểm tra", ""]
    declared = {module.RULE.id: module.RULE for module in modules()}
    ids = pages.ids()
    for family, title in FAMILIES.items():
        rows = [id for id in ids if id.startswith(family)]
        if not rows:
            continue
        lines += [f"## {family} - {title}", "", "| Mã | Mức | Nội dung | Tin cậy |"]
        lines += ["| --- | --- | --- | --- |"]
        for id in rows:
            rule = declared.get(id)
            severity = say(f"output.{pages.severity(id)}", "vi")
            certainty = str(rule.source.certainty) if rule else ""
            lines.append(
                f"| [{id}]({id}.md) | {severity} | {pages.title(id, 'vi')} | {certainty} |"
            )
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def settings_page() -> str:
    """Return the page of the settings, from their schema."""
    schema = json.loads((ROOT / "schemas" / "config.schema.json").read_text("utf-8"))
    lines = [MADE, "", "# Cấu hình", "", say("docs.settings", "vi").strip(), ""]
    lines += ["| Khóa | Ý nghĩa | Ví dụ |", "| --- | --- | --- |"]
    for key, value in schema["properties"].items():
        example = json.dumps(value["examples"][0], ensure_ascii=False)
        lines.append(f"| `{key}` | {value['title']}. {value['description']} | `{example}` |")
    lines += ["", "## Tùy chọn của các quy tắc", "", "| Quy tắc | Tùy chọn | Mặc định |"]
    lines += ["| --- | --- | --- |"]
    for module in modules():
        id = module.RULE.id
        for option, default in module.RULE.options.items():
            lines.append(f"| [{id}](rules/{id}.md) | `{option}` | `{_toml(default)}` |")
    lines += ["", say("docs.settings_more", "vi").strip()]
    return "\n".join(lines) + "\n"


def hooks() -> str:
    """Return the hooks that pre-commit reads from the root of the repository."""
    common = {
        "language": "python",
        "types_or": ["yaml", "json"],
        "require_serial": True,
    }
    made = [
        {
            "id": "vanban-validate",
            "name": "vanban validate",
            "description": say("cli.short.validate", "en"),
            "entry": "vanban validate --only-drafts --concise",
            **copy.deepcopy(common),
        },
        {
            "id": "vanban-validate-strict",
            "name": "vanban validate --strict",
            "description": say("docs.hook_strict", "en"),
            "entry": "vanban validate --only-drafts --concise --strict",
            **copy.deepcopy(common),
        },
    ]
    head = "# Made by scripts/build_docs.py; a test watches that it does not drift.\n"
    return head + yaml.safe_dump(made, sort_keys=False, allow_unicode=True)


def everything() -> dict[Path, str]:
    """Return every generated file with its text."""
    by_id = {module.RULE.id: module for module in modules()}
    made = {RULES / f"{id}.md": rule_page(id, by_id.get(id)) for id in pages.ids()}
    return {RULES / "README.md": rule_index(), SETTINGS: settings_page(), HOOKS: hooks(), **made}


def drift() -> list[str]:
    """Return the generated files that are missing, differ, or are left over."""
    made = everything()
    wrong = [
        str(name)
        for name, text in made.items()
        if not (ROOT / name).is_file() or (ROOT / name).read_text("utf-8") != text
    ]
    there = {path.relative_to(ROOT) for path in (ROOT / RULES).glob("*.md")}
    return wrong + sorted(str(name) for name in there - set(made))


def main() -> int:
    """Write the files, or tell which have drifted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        for drifted in (wrong := drift()):
            print(drifted, file=sys.stderr)
        return 1 if wrong else 0
    made = everything()
    (ROOT / RULES).mkdir(parents=True, exist_ok=True)
    for path in (ROOT / RULES).glob("*.md"):
        if path.relative_to(ROOT) not in made:
            path.unlink()
    for name, text in made.items():
        (ROOT / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
