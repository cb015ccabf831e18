"""The load on Janus, with the VideoRoom plugin alone and one event loop: its own settings in a folder that goes when we do."""

import asyncio
import json
import secrets
import socket
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp

from tests.bench import sdp
from tests.bench.load import CIRCLES, SEATS, Load, shake
from tests.bench.process import START_WITHIN, running
from tests.bench.seats import Seat
from tests.serving import free_port

VERSION = "1.1.2"
LIBRARIES = "/usr/lib"
SETTINGS = """
general: {{ session_timeout = 0, event_loops = 1, debug_level = 0, log_to_stdout = false,
    plugins_folder = "{folder}/plugins", transports_folder = "{folder}/transports",
    events_folder = "{folder}", loggers_folder = "{folder}" }}
nat: {{ ice_enforce_list = "{address}" }}
"""
TRANSPORT = 'general: {{ json = "compact", ws = true, ws_ip = "127.0.0.1", ws_port = {port}, wss = false }}\n'
ROOM: dict[str, Any] = {
    "publishers": SEATS,
    "bitrate": 2_000_000,
    "fir_freq": 0,
    "audiocodec": "opus",
    "videocodec": "vp8",
    "audiolevel_ext": False,
    "videoorient_ext": False,
    "playoutdelay_ext": False,
    "transport_wide_cc_ext": True,
}


def _address() -> str:
    """This machine's own address. Janus passes the loopback interface over; the kernel sends what is for ourselves through it all the same.

    Raises OSError where there is none.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # chooses a route, sends nothing
        return str(probe.getsockname()[0])


def _settle(folder: Path, port: int, address: str) -> None:
    """Settings, and of the installed parts the two that are needed."""
    for kind, name in (("plugins", "libjanus_videoroom.so"), ("transports", "libjanus_websockets.so")):
        (folder / kind).mkdir()
        found = next(Path(LIBRARIES).glob(f"*/janus/{kind}/{name}"), None)
        if found is None:
            raise FileNotFoundError(f"{name} is not installed")
        (folder / kind / name).symlink_to(found)
    (folder / "janus.jcfg").write_text(SETTINGS.format(folder=folder, address=address))
    (folder / "janus.transport.websockets.jcfg").write_text(TRANSPORT.format(port=port))


class Api:
    """Janus's requests and answers on one WebSocket. Answers are told by the transaction that they name."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._asked: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._reading = asyncio.get_running_loop().create_task(self._read())
        self._session: dict[str, int] = {}

    async def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer; for what is only acknowledged, the event that follows. Raises RuntimeError for an error."""
        name = secrets.token_hex(6)
        answer = self._asked[name] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({**request, **self._session, "transaction": name})
        async with asyncio.timeout(START_WITHIN):
            found = await answer
        data = found.get("plugindata", {}).get("data", {})
        if "error" in found or "error" in data:
            raise RuntimeError(str(found.get("error") or data["error"]))
        return found

    async def open(self) -> None:
        self._session = {"session_id": (await self.ask({"janus": "create"}))["data"]["id"]}

    async def attach(self) -> int:
        return int((await self.ask({"janus": "attach", "plugin": "janus.plugin.videoroom"}))["data"]["id"])

    async def tell(self, handle: int, body: dict[str, Any], jsep: dict[str, str] | None = None) -> dict[str, Any]:
        described = {"jsep": jsep} if jsep else {}
        return await self.ask({"janus": "message", "handle_id": handle, "body": body, **described})

    async def close(self) -> None:
        await self._socket.close()
        await self._reading

    async def _read(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            if said["janus"] != "ack" and said.get("transaction") in self._asked:
                self._asked.pop(said["transaction"]).set_result(said)


async def _connect(stack: AsyncExitStack, port: int) -> Api:
    session = await stack.enter_async_context(aiohttp.ClientSession())
    async with asyncio.timeout(START_WITHIN):
        while True:
            try:
                line = await session.ws_connect(f"http://127.0.0.1:{port}", protocols=("janus-protocol",))
                break
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
    api = Api(line)
    stack.push_async_callback(api.close)
    return api


async def start(stack: AsyncExitStack) -> tuple[int, Load]:
    """(process id, load). Raises RuntimeError for another version than the one we promise against."""
    folder, port, address = Path(stack.enter_context(tempfile.TemporaryDirectory())), free_port(), _address()
    _settle(folder, port, address)
    pid = stack.enter_context(running(["janus", "--configs-folder", str(folder)]))
    api = await _connect(stack, port)
    version = (await api.ask({"janus": "info"}))["version_string"]
    if version != VERSION:
        raise RuntimeError(f"Janus {VERSION} is what we compare with, and this is {version}")
    await api.open()
    load = Load([await _circle(api, at + 1, address) for at in range(CIRCLES)])
    stack.callback(load.close)
    return pid, load


async def _circle(api: Api, room: int, address: str) -> list[Seat]:
    await api.tell(await api.attach(), {"request": "create", "room": room, **ROOM})
    seats = [Seat(address) for _ in range(SEATS)]
    for feed, seat in enumerate(seats, start=1):
        ssrcs = {kind: stream.ssrc for kind, stream in seat.streams.items()}
        body = {"request": "joinandconfigure", "ptype": "publisher", "room": room, "id": feed}
        jsep = {"type": "offer", "sdp": sdp.offer(seat.publisher.own(reached=True), ssrcs)}
        joined = await api.tell(await api.attach(), body, jsep)
        seat.publisher.begin(sdp.read(joined["jsep"]["sdp"]), offered=True)
    shake([seat.publisher for seat in seats])
    for feed, seat in enumerate(seats, start=1):
        others = [{"feed": other} for other in range(1, SEATS + 1) if other != feed]
        await _subscribe(api, room, seat, others)
    shake([seat.listener for seat in seats])
    return seats


async def _subscribe(api: Api, room: int, seat: Seat, streams: list[dict[str, int]]) -> None:
    handle = await api.attach()
    body = {"request": "join", "ptype": "subscriber", "room": room, "use_msid": True, "streams": streams}
    offered = (await api.tell(handle, body))["jsep"]["sdp"]
    remote = sdp.read(offered)
    seat.heard = remote.ssrcs
    seat.listener.begin(remote, offered=False)
    await api.tell(
        handle, {"request": "start"}, {"type": "answer", "sdp": sdp.answer(seat.listener.own(reached=True), offered)}
    )
