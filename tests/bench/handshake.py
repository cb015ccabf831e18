"""DTLS as the side that opens, and the SRTP sessions that come of it. For measuring: the other's certificate is not looked at."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from OpenSSL import SSL
from pylibsrtp import Policy, Session

MTU = 1200
DAY = datetime.timedelta(days=1)
PROFILES = {
    b"SRTP_AEAD_AES_128_GCM": (16, 12, Policy.SRTP_PROFILE_AEAD_AES_128_GCM),
    b"SRTP_AES128_CM_SHA1_80": (16, 14, Policy.SRTP_PROFILE_AES128_CM_SHA1_80),
}


def _identity() -> tuple[SSL.Context, str]:
    """One certificate for all peers, as who they are is not what is measured; and its fingerprint."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "peer")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - DAY, now + DAY)
    certificate = builder.sign(key, hashes.SHA256())
    context = SSL.Context(SSL.DTLS_METHOD)
    context.use_certificate(certificate)
    context.use_privatekey(key)
    context.set_tlsext_use_srtp(b":".join(PROFILES))
    return context, certificate.fingerprint(hashes.SHA256()).hex(":").upper()


CONTEXT, FINGERPRINT = _identity()


class Sessions(NamedTuple):
    """What protects a connection's packets, each way."""

    rx: Session
    tx: Session


class Handshake:
    """`go` now and then, and `take` what comes, until `sessions` are there; both return what to send."""

    def __init__(self) -> None:
        self._connection = SSL.Connection(CONTEXT)
        self._connection.set_connect_state()
        self._connection.set_ciphertext_mtu(MTU)
        self._hello: list[bytes] = []
        self._answered = False
        self.sessions: Sessions | None = None

    def take(self, datagram: bytes) -> list[bytes]:
        self._answered = True
        self._connection.bio_write(datagram)
        return self._shake()

    def go(self) -> list[bytes]:
        """Until there is an answer, says hello each time: DTLS itself would wait a second, then two, four for an engine not ready yet."""
        if self._hello and not self._answered:
            return self._hello
        said = self._shake()
        self._hello = self._hello or said
        return said

    def _shake(self) -> list[bytes]:
        try:
            self._connection.do_handshake()
            self.sessions = self._export()
        except SSL.WantReadError:
            if self._connection.DTLSv1_get_timeout() == 0:
                self._connection.DTLSv1_handle_timeout()
        return list(self._said())

    def _said(self) -> Iterator[bytes]:
        """What the library wants sent, a datagram a record."""
        try:
            records = self._connection.bio_read(65_536)
        except SSL.WantReadError:
            return
        while records:
            end = 13 + int.from_bytes(records[11:13], "big")
            yield records[:end]
            records = records[end:]

    def _export(self) -> Sessions:
        key, salt, profile = PROFILES[bytes(self._connection.get_selected_srtp_profile())]
        material = self._connection.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * (key + salt))
        ours = material[:key] + material[2 * key : 2 * key + salt]
        theirs = material[key : 2 * key] + material[2 * key + salt :]
        return Sessions(
            rx=Session(Policy(key=theirs, ssrc_type=Policy.SSRC_ANY_INBOUND, srtp_profile=profile)),
            tx=Session(Policy(key=ours, ssrc_type=Policy.SSRC_ANY_OUTBOUND, srtp_profile=profile)),
        )
