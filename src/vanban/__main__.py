"""``python -m vanban`` is the ``vanban`` command."""

import sys

from vanban.cli.main import main

sys.exit(main())
