"""What loggers say, caught."""

import logging


class Catching(logging.Handler):
    def __init__(self, caught: list[logging.LogRecord]) -> None:
        super().__init__()
        self._caught = caught

    def emit(self, record: logging.LogRecord) -> None:
        self._caught.append(record)
