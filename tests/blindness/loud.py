"""`python -m tests.blindness.loud`: the server as it is, but every logger says all it has, whatever is asked of it later."""

import logging
import sys

from server.__main__ import main


def _stays(_logger: logging.Logger, _level: object) -> None:
    """In place of `setLevel`: nobody is quieted."""


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    setattr(logging.Logger, "setLevel", _stays)  # noqa: B010
    sys.exit(main())
