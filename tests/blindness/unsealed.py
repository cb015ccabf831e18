"""Encryption switched off, for bots alone and in tests alone: the same lengths on the wire, and all of it readable.

The server has no such switch and cannot tell. What stays: signatures, links, DTLS and SRTP.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.bots.keys import derive, epoch, hpke, words
from tests.bots.keys.frames import Sealing, Track


def _seal(_key: bytes, plain: bytes, _aad: bytes, _nonce: bytes | None = None) -> bytes:
    return bytes(derive.NONCE) + plain + bytes(derive.TAG)


def _unseal(_key: bytes, sealed: bytes, _aad: bytes) -> bytes:
    return sealed[derive.NONCE : -derive.TAG]


def _hpke_seal(_to: bytes, plain: bytes, **_context: Any) -> bytes:
    return bytes(hpke.ENC) + plain + bytes(hpke.TAG)


def _hpke_unseal(_key: object, sealed: bytes, **_context: Any) -> bytes:
    return sealed[hpke.ENC : -hpke.TAG]


@contextmanager
def encryption_off() -> Generator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (words, epoch):
            patch.setattr(module, "seal", _seal)
            patch.setattr(module, "unseal", _unseal)
        patch.setattr(hpke, "seal", _hpke_seal)
        patch.setattr(hpke, "unseal", _hpke_unseal)
        patch.setattr(Sealing, "seal", lambda _self, _kind, frame: frame)
        patch.setattr(Track, "open", lambda _self, data: data)
        yield
