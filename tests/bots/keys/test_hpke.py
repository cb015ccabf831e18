"""The library that wraps keys for bots, against RFC 9180, appendix A.1: the same key agreement and derivation as ours, with AES-128-GCM."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey
from pyhpke.exceptions import PyHPKEError

SUITE = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.AES128_GCM)
INFO = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
AAD = bytes.fromhex("436f756e742d30")
VECTORS = {
    "base, A.1.1": (
        "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
        "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
        ("", ""),
    ),
    "PSK, A.1.2": (
        "c5eb01eb457fe6c6f57577c5413b931550a162c71a03ac8d196babbd4e5ce0fd",
        "0ad0950d9fb9588e59690b74f1237ecdf1d775cd60be2eca57af5a4b0471c91b",
        "e52c6fed7f758d0cf7145689f21bc1be6ec9ea097fef4e959440012f4feb73fb611b946199e681f4cfc34db8ea",
        (
            "0247fd33b913760fa1fa51e1892d9f307fbe65eb171e8132c2af18555a738b82",
            "456e6e796e20447572696e206172616e204d6f726961",
        ),
    ),
}


@pytest.mark.parametrize("mode", VECTORS)
def test_what_the_rfc_has_sealed_opens_and_nothing_else_of_it(mode: str) -> None:
    secret, enc, sealed, (psk, psk_id) = VECTORS[mode]
    key = KEMKey.from_pyca_cryptography_key(X25519PrivateKey.from_private_bytes(bytes.fromhex(secret)))

    def opens(text: bytes) -> bytes:
        context = SUITE.create_recipient_context(
            bytes.fromhex(enc), key, INFO, psk=bytes.fromhex(psk), psk_id=bytes.fromhex(psk_id)
        )
        return context.open(text, AAD)

    assert opens(bytes.fromhex(sealed)) == b"Beauty is truth, truth beauty"
    with pytest.raises(PyHPKEError):
        opens(bytes.fromhex(sealed)[:-1] + b"\0")
