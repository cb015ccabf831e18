"""DTLS as the side that opens, and the SRTP sessions that come of it. The other is who its description's fingerprint says, or nobody."""

import datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from OpenSSL import SSL
from pylibsrtp import Policy, Session

MTU = 1200
GCM, CM = b"SRTP_AEAD_AES_128_GCM", b"SRTP_AES128_CM_SHA1_80"
PROFILES = {
    GCM: (16, 12, Policy.SRTP_PROFILE_AEAD_AES_128_GCM),
    CM: (16, 14, Policy.SRTP_PROFILE_AES128_CM_SHA1_80),
}


class Identity(NamedTuple):
    context: SSL.Context
    fingerprint: str


def make_identity(*profiles: bytes) -> Identity:
    """A certificate of its own, and the SRTP profiles that it asks for: none at all is a plain DTLS client."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "peer")])
    now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - day, now + day)
    certificate = builder.sign(key, hashes.SHA256())
    context = SSL.Context(SSL.DTLS_METHOD)
    context.use_certificate(certificate)
    context.use_privatekey(key)
    if profiles:
        context.set_tlsext_use_srtp(b":".join(profiles))
    return Identity(context, certificate.fingerprint(hashes.SHA256()).hex(":").upper())


IDENTITY = make_identity(GCM, CM)
"""for whoever does not mind being one of many: making a key takes a while"""


class Sessions(NamedTuple):
    """What protects a connection's packets, each way."""

    rx: Session
    tx: Session


class Handshake:
    """`go` now and then, and `take` what comes, until `sessions` are there; both return what to send."""

    def __init__(self, identity: Identity, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        self._connection = SSL.Connection(identity.context)
        self._connection.set_connect_state()
        self._connection.set_ciphertext_mtu(MTU)
        self._hello: list[bytes] = []
        self._answered = False
        self.done = False
        self.sessions: Sessions | None = None
        """once it is done, if SRTP was agreed upon"""

    def take(self, datagram: bytes) -> list[bytes]:
        self._answered = True
        self._connection.bio_write(datagram)
        return [] if self.done else self._shake()

    def go(self) -> list[bytes]:
        """Until there is an answer, says hello each time: DTLS itself would wait a second, then two, then four."""
        if self._hello and not self._answered:
            return self._hello
        said = self._shake()
        self._hello = self._hello or said
        return said

    def tell(self, data: bytes) -> list[bytes]:
        """Application data, which nobody here has a use for."""
        self._connection.send(data)
        return self._said()

    def close(self) -> list[bytes]:
        self._connection.shutdown()
        return self._said()

    def _shake(self) -> list[bytes]:
        try:
            self._connection.do_handshake()
        except SSL.WantReadError:
            if self._connection.DTLSv1_get_timeout() == 0:
                self._connection.DTLSv1_handle_timeout()
        else:
            certificate = self._connection.get_peer_certificate(as_cryptography=True)
            assert certificate is not None
            assert certificate.fingerprint(hashes.SHA256()).hex(":").upper() == self._fingerprint
            self.sessions = self._export()
            self.done = True
        return self._said()

    def _said(self) -> list[bytes]:
        """What the library wants sent, a datagram a record."""
        said: list[bytes] = []
        try:
            records = self._connection.bio_read(65_536)
        except SSL.WantReadError:
            return said
        while records:
            end = 13 + int.from_bytes(records[11:13], "big")
            said.append(records[:end])
            records = records[end:]
        return said

    def _export(self) -> Sessions | None:
        chosen = bytes(self._connection.get_selected_srtp_profile())
        if not chosen:
            return None
        key, salt, profile = PROFILES[chosen]
        material = self._connection.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * (key + salt))
        ours = material[:key] + material[2 * key : 2 * key + salt]
        theirs = material[key : 2 * key] + material[2 * key + salt :]
        rx = Policy(key=theirs, ssrc_type=Policy.SSRC_ANY_INBOUND, srtp_profile=profile)
        rx.window_size = 1024
        tx = Policy(key=ours, ssrc_type=Policy.SSRC_ANY_OUTBOUND, srtp_profile=profile)
        tx.allow_repeat_tx = True
        return Sessions(Session(rx), Session(tx))
