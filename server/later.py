"""Something to be done after a while: by this machine's time, or by that of a test."""

import asyncio
from collections.abc import Callable
from typing import Protocol


class Timer(Protocol):
    def cancel(self) -> None: ...


Later = Callable[[float, Callable[[str], None], str], Timer]
"""calls the function with the id after so many seconds"""


def later(seconds: float, ring: Callable[[str], None], id_: str) -> Timer:
    """By this machine's time."""
    return asyncio.get_running_loop().call_later(seconds, ring, id_)
