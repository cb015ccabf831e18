"""`python -m tests.blindness.loud`: the server as it is, but every logger says all it has, whatever is asked of it later."""

import logging
import sys

from server.__main__ import main


class Loud(logging.Logger):
    """Nobody quiets it."""

    def setLevel(self, level: object) -> None:  # noqa: N802  the library's name
        """Stays as it is."""


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    logging.Logger.setLevel = Loud.setLevel
    sys.exit(main())
