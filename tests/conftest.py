"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# Continuous integration draws the same examples every time; by hand, each run draws new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")
