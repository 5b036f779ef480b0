"""Builds templates/<kind>/document.<profile>.docx from the layout profiles.

python scripts/build_templates.py           writes them
python scripts/build_templates.py --check   fails when one of them is stale
"""

from __future__ import annotations

import sys
from pathlib import Path

from vanban import resources
from vanban.compose.profile import profiles
from vanban.render.docx_template import build_template, same_content


def kind_folders() -> list[Path]:
    profiles_dir = resources.profiles_dir()
    return sorted(
        path for path in profiles_dir.parent.iterdir() if path.is_dir() and path != profiles_dir
    )


def stale() -> list[Path]:
    """Return the templates that differ from what their profile gives."""
    found = []
    for name, profile in profiles().items():
        built = build_template(profile)
        for folder in kind_folders():
            path = folder / f"document.{name}.docx"
            if not path.is_file() or not same_content(path.read_bytes(), built):
                found.append(path)
    return found


def main(arguments: list[str]) -> int:
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__)
        return 2
    old = stale()
    for path in old:
        if check:
            print(f"stale: {path}")
        else:
            path.write_bytes(build_template(profiles()[path.name.split(".")[1]]))
            print(f"written: {path}")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
