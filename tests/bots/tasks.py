"""The end of tasks."""

import asyncio


async def stop(*tasks: asyncio.Task[None]) -> None:
    """Cancel until they end: who waits for an answer that comes at that moment may miss it (`wait_for` before Python 3.12).

    Raises what one of them failed by, so that nothing goes wrong unseen.
    """
    waiting = set(tasks)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=0.1)
    for task in tasks:
        if not task.cancelled():
            task.result()
