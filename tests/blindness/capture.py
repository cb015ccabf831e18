"""`python -m tests.blindness.capture PORT ...`: every TCP segment and UDP datagram to or from these ports on the loopback.

Written to stdout as they come, until stdin ends; then how many the kernel had to drop, to stderr.
"""

import contextlib
import ctypes
import os
import select
import socket
import struct
import sys
from typing import NamedTuple

IPV4 = 0x0800
SOL_PACKET, PACKET_STATISTICS, SO_ATTACH_FILTER, SO_RCVBUFFORCE = 263, 6, 26, 33
ROOM = 512 << 20
LARGEST = 1 << 17
UDP, TCP = 17, 6
HEAD = struct.Struct("!BHHBII")
"""protocol, ports from and to, TCP's flags and sequence number, length"""


class Packet(NamedTuple):
    protocol: int
    source: int
    target: int
    flags: int
    number: int
    data: bytes


def read(raw: bytes) -> list[Packet]:
    """What `main` wrote."""
    packets: list[Packet] = []
    at = 0
    while at < len(raw):
        protocol, source, target, flags, number, length = HEAD.unpack_from(raw, at)
        at += HEAD.size + length
        packets.append(Packet(protocol, source, target, flags, number, raw[at - length : at]))
    return packets


def _filter(ports: list[int]) -> list[tuple[int, int, int, int]]:
    """For the kernel: X is where IP's header ends; of what stands there, either port; all of the packet, or nothing."""
    code = [(0xB1, 0, 0, 0)]
    tests = [(offset, port) for offset in (0, 2) for port in ports]
    for number, (offset, port) in enumerate(tests):
        behind = 2 * (len(tests) - number - 1)
        code += [(0x48, 0, 0, offset), (0x15, behind + 1, 0, port)]
    return [*code, (0x06, 0, 0, 0), (0x06, 0, 0, 0xFFFFFFFF)]


def listen(ports: list[int]) -> socket.socket:
    """Needs the right to use raw sockets."""
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
    code = b"".join(struct.pack("HBBI", *line) for line in _filter(ports))
    held = ctypes.create_string_buffer(code)
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(held))
    sock.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)
    sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, ROOM)
    sock.bind(("lo", IPV4))
    return sock


def record(packet: bytes) -> bytes:
    inner = packet[4 * (packet[0] & 15) : int.from_bytes(packet[2:4], "big")]
    source, target = struct.unpack_from("!HH", inner)
    if packet[9] == UDP:
        data, flags, number = inner[8:], 0, 0
    else:
        data, flags, number = inner[4 * (inner[12] >> 4) :], inner[13], int.from_bytes(inner[4:8], "big")
    return HEAD.pack(packet[9], source, target, flags, number, len(data)) + data


def main(ports: list[int]) -> None:
    with listen(ports) as sock, open(sys.stdout.fileno(), "wb", closefd=False) as out:
        sock.setblocking(False)
        sys.stderr.write("listening\n")
        sys.stderr.flush()
        over = False
        while not over:
            ready, _, _ = select.select([sock, sys.stdin], [], [])
            over = sys.stdin in ready and not os.read(sys.stdin.fileno(), 1)
            with contextlib.suppress(BlockingIOError):
                while True:
                    out.write(record(sock.recv(LARGEST)))
        _, dropped = struct.unpack("II", sock.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
        sys.stderr.write(f"{dropped}\n")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
