"""Whether the server runs, and whether it can do its work."""

from tests.redis_server import RedisServer
from tests.serving import Serving, settings
from tests.web.asking import ask


def test_a_server_that_runs_is_healthy_and_ready(base: str) -> None:
    assert [(ask(base, path).status, ask(base, path).body) for path in ("/healthz", "/readyz")] == [(200, b"ok")] * 2


def test_without_its_store_a_server_is_alive_but_not_ready() -> None:
    with RedisServer() as redis, Serving(given=settings(REDIS_URL=redis.url)) as serving:
        assert ask(serving.base, "/readyz").status == 200
        redis.stop()
        answer = ask(serving.base, "/readyz")
        assert (answer.status, answer.body) == (503, b"not ready")
        assert ask(serving.base, "/healthz").status == 200
        redis.start()
        assert ask(serving.base, "/readyz").status == 200
