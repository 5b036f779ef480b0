"""What a file that is no text is, by its first bytes."""

from __future__ import annotations

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office_cu"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "anh"),
    (b"\xff\xd8\xff", "anh"),
    (b"GIF87a", "anh"),
    (b"GIF89a", "anh"),
    (b"II*\0", "anh"),
    (b"MM\0*", "anh"),
    (b"7z\xbc\xaf\x27\x1c", "nen"),
    (b"Rar!\x1a\x07", "nen"),
    (b"\x1f\x8b", "nen"),
    (b"MZ\x90", "nhi_phan"),
    (b"\x7fELF", "nhi_phan"),
)
_ZIP = b"PK\x03\x04"
_ZIP_PARTS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
    (b"opendocument.text", "odt"),
    (b"opendocument.spreadsheet", "xlsx"),
)
_PAGES = (b"<!doctype html", b"<html")
# more control characters than this share of the bytes: no text
_CONTROL_SHARE = 0.01
_SAMPLE = 64 * 1024
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")


def what(data: bytes) -> str | None:
    """Return what the bytes are (a slug of INP003), or None when they may be a text."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    if data.startswith(_ZIP):
        return next((name for part, name in _ZIP_PARTS if part in data), "nen")
    if data.lstrip()[:14].lower().startswith(_PAGES):
        return "html"
    return None


def is_noise(data: bytes) -> bool:
    """Tell whether so many bytes are control characters that this is no text."""
    head = data[:_SAMPLE]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > max(1, _CONTROL_SHARE * len(head))
