"""The payload: exact figures, equal data, a hash of the visible text, nothing believed."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vanban
from tests.embed.conftest import LONG, ROOT, SMALL
from tests.schemas.common import schema
from vanban import exporting
from vanban.check.bundle import bundled, validator_of
from vanban.config import Config
from vanban.embed import payload as payloads
from vanban.embed.drafts import same
from vanban.embed.payload import Payload, PayloadError, fold, from_json, text_digest, to_json

HASH = "a" * 64
SAMPLE = Payload(
    data={"loai": "bao-cao-so-ket", "a": [1, Decimal("1.50"), None, True, "đ\u2028\x85\ufffe"]},
    kind="bao-cao-so-ket",
    schema="urn:vanban:schema:bao-cao-so-ket:1",
    outline_sha256=HASH,
    profile="dang-hd36",
    profile_sha256=HASH,
    text_sha256=HASH,
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**25), 10**25),
    st.decimals(allow_nan=False, allow_infinity=False, places=4),
    st.text(st.characters(exclude_categories=("Cs",))),
)
DATA = st.dictionaries(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=5),
    st.recursive(
        SCALARS,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.text("ab:#\n", max_size=3), inner)
        ),
        max_leaves=12,
    ),
    max_size=4,
)


@given(DATA)
def test_json_gives_back_equal_data(data: dict[str, Any]) -> None:
    again = from_json(to_json(data).encode())
    assert same(again, data)


def test_figures_keep_all_their_digits() -> None:
    text = to_json({"a": Decimal("1.50"), "b": Decimal("0.1"), "c": 10**24})
    assert '"a": 1.50' in text and '"b": 0.1' in text and str(10**24) in text


@given(DATA)
def test_json_can_stand_in_xml_and_on_lines(data: dict[str, Any]) -> None:
    text = to_json(data)
    assert json.loads(text) is not None
    assert not {"\x85", "\u2028", "\u2029", "\ufffe", "\uffff", "\r"} & set(text)
    assert all(ord(sign) >= 32 or sign == "\n" for sign in text)


def test_a_payload_comes_back_as_it_was() -> None:
    assert Payload.from_json(SAMPLE.to_json()) == SAMPLE


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("urn:vanban:draft:1", "urn:vanban:draft:2", "newer"),
        ("urn:vanban:draft:1", "urn:other", "not_ours"),
        (f'"text_sha256": "{HASH}"', '"text_sha256": "x"', "broken"),
        ('"allow_errors": false', '"allow_errors": 0', "broken"),
        ('"style": {}', '"style": []', "broken"),
        ('"name": "dang-hd36"', f'"name": "{"x" * 201}"', "broken"),
        ('"loai": "bao-cao-so-ket"', '"loai": 1, "loai": 2', "broken"),
        ('"forced": false', '"forced": NaN', "broken"),
        ('"vanban":', '"khac":', "broken"),
        ("{", "[", "broken"),
    ],
)
def test_what_cannot_be_used_is_named(old: str, new: str, key: str) -> None:
    text = SAMPLE.to_json().decode()
    assert old in text
    with pytest.raises(PayloadError) as caught:
        Payload.from_json(text.replace(old, new, 1).encode())
    assert caught.value.key == key


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(PayloadError):
        from_json(b"[" * 1_000_000)


def test_too_much_is_refused_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payloads, "MAX_PAYLOAD_BYTES", 1000)
    big = replace(SAMPLE, data={"a": "x" * 1000})
    with pytest.raises(PayloadError):
        big.to_json()
    with pytest.raises(PayloadError):
        from_json(b" " * 1001)
    with pytest.raises(vanban.OutputError, match="--no-embed"):
        vanban.render_docx(vanban.load(SMALL))


def test_the_hash_sees_letters_and_not_blanks() -> None:
    one = text_digest(["Đảng bộ", "có 08\u00a0chi bộ"])
    assert one == text_digest(["Đảng\nbộ có 08", "", "chi bộ "])
    assert one != text_digest(["Đảng bộ", "có 09 chi bộ"])
    assert fold("Đa\u0309ng") == fold("Đảng")
    assert fold("m²") != fold("m2")


def made(path: Any = SMALL, **given: Any) -> Payload:
    settings = Config.of(given.pop("config", None))
    draft = vanban.load(path)
    document, kind = exporting._document(draft, None, given.get("allow_errors", False), settings)
    inside = exporting._Embedding(
        draft, document, kind, allow_errors=given.get("allow_errors", False), config=settings
    )
    held = inside.payload("docx", given.get("template"))
    assert held is not None
    return Payload.from_json(held)


def test_what_an_export_embeds() -> None:
    held = made(LONG)
    assert same(held.data, vanban.load(LONG).data)
    assert (held.kind, held.profile, held.forced) == ("bao-cao-so-ket", "dang-hd36", False)
    assert held.template_sha256 is None and not held.allow_errors and held.vanban


def test_every_choice_that_changes_the_page_is_in_it(tmp_path: Any) -> None:
    plain = made()
    assert made(allow_errors=True).allow_errors
    styled = made(config={"style": {"kieu_dau": "tone_main"}})
    assert styled.style == {"kieu_dau": "tone_main"} and plain.style == {}
    assert made(config={"profile": "dang-hd05"}).forced
    template = tmp_path / "mau.docx"
    template.write_bytes(b"mau")
    assert made(template=template).template_sha256 == payloads.file_digest(b"mau")


def test_the_language_of_messages_is_no_such_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    held = made(LONG)
    monkeypatch.setenv("VANBAN_LANG", "en")
    assert made(LONG) == held


def test_comments_are_not_in_it(tmp_path: Any) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(SMALL.read_text("utf-8") + "\n# bí mật của người soạn\n", "utf-8")
    draft = vanban.load(path)
    assert "bí mật" not in to_json(draft.data)
    assert made(path) == made()


def test_a_profile_has_a_version() -> None:
    from vanban.compose.profile import load_profile

    profile = load_profile("dang-hd36")
    page = replace(profile.page, left=profile.page.left + 1)
    assert payloads.profile_digest(profile) == payloads.profile_digest(replace(profile))
    assert payloads.profile_digest(profile) != payloads.profile_digest(replace(profile, page=page))


@pytest.mark.parametrize("path", [SMALL, LONG])
def test_the_published_schema_holds(path: Any) -> None:
    whole = bundled(ROOT / "schemas" / "embedded.schema.json")
    checker = validator_of(whole)
    tree = from_json(made(path).to_json())
    assert list(checker.iter_errors(tree)) == []
    for key in tree:
        assert not checker.is_valid({k: v for k, v in tree.items() if k != key}), key
    assert not checker.is_valid({**tree, "chu_thich": ""})
    assert schema(ROOT / "schemas" / "embedded.schema.json")["title"]
