"""HPKE (RFC 9180) as 7.1 has it: X25519, HKDF-SHA256, AES-256-GCM, one-shot; `enc[32] | ct`."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey, KEMKeyPair
from pyhpke.exceptions import PyHPKEError

from tests.bots.keys.octets import Bad

ENC, TAG = 32, 16
_SUITE = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.AES256_GCM)


def seal(
    to: bytes,
    plain: bytes,
    *,
    info: bytes,
    aad: bytes = b"",
    psk: tuple[bytes, bytes] = (b"", b""),
    ephemeral: bytes | None = None,
) -> bytes:
    """To a public key. `psk`: secret and its id, which make it mode PSK; `ephemeral`: a private key, for vectors only."""
    pair = None
    if ephemeral is not None:
        private = X25519PrivateKey.from_private_bytes(ephemeral)
        pair = KEMKeyPair(
            KEMKey.from_pyca_cryptography_key(private), KEMKey.from_pyca_cryptography_key(private.public_key())
        )
    try:
        key = KEMKey.from_pyca_cryptography_key(X25519PublicKey.from_public_bytes(to))
        enc, context = _SUITE.create_sender_context(key, info, psk=psk[0], psk_id=psk[1], eks=pair)
        return enc + context.seal(plain, aad)
    except (PyHPKEError, ValueError):
        raise Bad("public key") from None


def unseal(
    key: X25519PrivateKey, sealed: bytes, *, info: bytes, aad: bytes = b"", psk: tuple[bytes, bytes] = (b"", b"")
) -> bytes:
    """Raises Bad where it was sealed for somebody or something else."""
    if len(sealed) < ENC + TAG:
        raise Bad("short")
    try:
        own = KEMKey.from_pyca_cryptography_key(key)
        context = _SUITE.create_recipient_context(sealed[:ENC], own, info, psk=psk[0], psk_id=psk[1])
        return context.open(sealed[ENC:], aad)
    except (PyHPKEError, ValueError):
        raise Bad("sealed for something else") from None
