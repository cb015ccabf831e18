"""The network between a browser and the server, which a test may cut and mend. Passes bytes on and looks at none."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any

from tests.serving import free_port


class Wire:
    """Listens on `port` of this machine and passes on to `to`. While cut, whoever is connected is dropped and nobody else gets through."""

    def __init__(self, to: int, port: int | None = None) -> None:
        self.port, self._to = port or free_port(), to
        self._whole = True
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "Wire":
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._pass_on, "127.0.0.1", self.port))
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._server.close()
        self._run(self._rest())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def cut(self) -> None:
        self._whole = False
        self._run(self._drop())

    def mend(self) -> None:
        self._whole = True

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    async def _drop(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    async def _rest(self) -> None:
        """Until every connection has noticed its end."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=4)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._whole:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        pair = {writer, far_writer}
        self._writers |= pair
        try:
            await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))
        finally:
            self._writers -= pair

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await source.read(65_536):
                sink.write(data)
                await sink.drain()
        sink.close()
