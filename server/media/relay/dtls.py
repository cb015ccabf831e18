"""DTLS, always as the passive side, and the SRTP keys that come of it. The peer is who the description's fingerprint says."""

import datetime
import secrets
from collections.abc import Iterator
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from OpenSSL import SSL
from pylibsrtp import Policy, Session

from server.media.relay.sealer import Sealer

CIPHERS = b"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-SHA"
PROFILES = b"SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80"
LENGTHS = {
    b"SRTP_AEAD_AES_128_GCM": (16, 12, Policy.SRTP_PROFILE_AEAD_AES_128_GCM),
    b"SRTP_AES128_CM_SHA1_80": (16, 14, Policy.SRTP_PROFILE_AES128_CM_SHA1_80),
}
MTU = 1200
WINDOW = 1024


class Identity(NamedTuple):
    """This relay's certificate for as long as it runs: a fresh key, a random name."""

    context: SSL.Context
    fingerprint: str


class Keys(NamedTuple):
    """What protects a connection's packets, each way."""

    rx: Session
    tx: Sealer


def make_identity() -> Identity:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, secrets.token_hex(8))])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    context = SSL.Context(SSL.DTLS_METHOD)
    context.set_options(SSL.OP_NO_TICKET)
    context.use_certificate(certificate)
    context.use_privatekey(key)
    # Certificates here are made on the spot; the description's fingerprint is what is checked.
    context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *_: True)
    context.set_cipher_list(CIPHERS)
    context.set_tlsext_use_srtp(PROFILES)
    return Identity(context, certificate.fingerprint(hashes.SHA256()).hex(":").upper())


def datagrams(records: bytes) -> Iterator[bytes]:
    """What the library wants sent, cut at record borders and packed into datagrams that fit."""
    at, packed = 0, b""
    while at + 13 <= len(records):
        end = at + 13 + int.from_bytes(records[at + 11 : at + 13], "big")
        record = records[at:end]
        if packed and len(packed) + len(record) > MTU:
            yield packed
            packed = b""
        packed += record
        at = end
    if packed:
        yield packed


class Dtls:
    """One connection's handshake. `failed` and `keys` tell how far it is."""

    def __init__(self, identity: Identity, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        self._connection = SSL.Connection(identity.context)
        self._connection.set_accept_state()
        self._connection.set_ciphertext_mtu(MTU)
        self.keys: Keys | None = None
        self.failed = False

    def take(self, datagram: bytes) -> list[bytes]:
        """A datagram has come; returns what to send."""
        if self.failed:
            return []
        try:
            self._connection.bio_write(datagram)
            if self.keys is None:
                self._shake()
            else:
                self._read()
        except SSL.Error:
            self.failed = True
        return self._flush()

    def timeout(self) -> float | None:
        """Seconds until `late` wants to be called, while the handshake lasts."""
        return None if self.keys or self.failed else self._connection.DTLSv1_get_timeout()

    def late(self) -> list[bytes]:
        """Nothing has come in time: returns what to send again."""
        try:
            self._connection.DTLSv1_handle_timeout()
        except SSL.Error:
            self.failed = True
        return self._flush()

    def _shake(self) -> None:
        try:
            self._connection.do_handshake()
        except SSL.WantReadError:
            return
        certificate = self._connection.get_peer_certificate(as_cryptography=True)
        if certificate is None or certificate.fingerprint(hashes.SHA256()).hex() != self._fingerprint:
            self.failed = True
            return
        self.keys = self._export()
        self.failed = self.keys is None

    def _read(self) -> None:
        """What comes after the handshake is of no use, but must not pile up. Raises SSL.Error when the peer has closed."""
        try:
            while self._connection.recv(4096):
                continue
        except SSL.WantReadError:
            return

    def _flush(self) -> list[bytes]:
        sent = b""
        while True:
            try:
                sent += self._connection.bio_read(65_536)
            except SSL.Error:
                return list(datagrams(sent))

    def _export(self) -> Keys | None:
        """None for a peer that agreed to no SRTP."""
        chosen = LENGTHS.get(bytes(self._connection.get_selected_srtp_profile()))
        if chosen is None:
            return None
        key, salt, profile = chosen
        material = self._connection.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * (key + salt))
        client = material[:key] + material[2 * key : 2 * key + salt]
        server = material[key : 2 * key] + material[2 * key + salt :]
        return Keys(
            rx=Session(_policy(client, Policy.SSRC_ANY_INBOUND, profile)),
            tx=Sealer(Session(_policy(server, Policy.SSRC_ANY_OUTBOUND, profile))),
        )


def _policy(key: bytes, way: int, profile: int) -> Policy:
    policy = Policy(key=key, ssrc_type=way, srtp_profile=profile)
    # A repair is the same packet again. What keeps two contents from sharing a number is track.Numbers.
    policy.allow_repeat_tx = True
    policy.window_size = WINDOW
    return policy
