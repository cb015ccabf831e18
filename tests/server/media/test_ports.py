"""The port: one number for UDP and TCP, and a plain error where it is taken."""

import socket

import pytest

from server.media.relay.door import Door
from server.media.relay.relay import Relay
from tests.server.media.rig import HOST, Rig
from tests.serving import free_port

KINDS = [socket.SOCK_DGRAM, socket.SOCK_STREAM]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_port_that_is_taken_is_an_error_and_nothing_is_left_open(kind: socket.SocketKind) -> None:
    with socket.socket(socket.AF_INET, kind) as other:
        port = free_port()
        other.bind((HOST, port))
        if kind == socket.SOCK_STREAM:
            other.listen()
        relay = Relay(HOST, port, HOST)
        with pytest.raises(OSError, match="in use"):
            await relay.start(Rig())
        await relay.stop()
    for kind_ in KINDS:
        with socket.socket(socket.AF_INET, kind_) as free:
            free.bind((HOST, port))


async def test_any_free_port_is_free_on_both() -> None:
    """The kernel chooses for UDP alone; with so many ports taken on TCP it would choose wrongly now and then."""
    taken = [socket.create_server((HOST, 0)) for _ in range(600)]
    for _ in range(200):
        door = Door(lambda: 0.0)
        await door.open(HOST, 0)
        assert door.port
        door.close()
    for one in taken:
        one.close()
