"""Every setting is read, and whatever cannot be used stops the start with a sentence that helps and tells no secret."""

from pathlib import Path

import pytest

from server.settings import ROWS, SettingError, Settings, read, table
from tests.test_tree import ROOT

SECRET = "s3cr3t-" * 6


def trouble(environ: dict[str, str]) -> str:
    with pytest.raises(SettingError) as caught:
        read(environ)
    assert caught.value.__cause__ is None
    return str(caught.value)


def test_nothing_needs_to_be_set() -> None:
    settings = read({})
    assert (settings.port, settings.media_port, settings.host) == (8000, 8001, "127.0.0.1")
    assert settings.redis_url is None
    assert settings.public_url == "http://localhost:8000"
    assert settings.local
    assert settings.trusted_proxies == "127.0.0.1"


GOOD: dict[str, tuple[str, str, object]] = {
    "PORT": ("8123", "port", 8123),
    "REDIS_URL": ("rediss://:word@host:6380/2", "redis_url", "rediss://:word@host:6380/2"),
    "CIRCLE_HOST": ("::", "host", "::"),
    "CIRCLE_PUBLIC_URL": ("https://circle.example", "public_url", "https://circle.example"),
    "CIRCLE_PUBLIC_IP": ("203.0.113.7", "public_ip", "203.0.113.7"),
    "CIRCLE_MEDIA_PORT": ("65535", "media_port", 65535),
    "CIRCLE_MEDIA_HOST": ("0.0.0.0", "media_host", "0.0.0.0"),
    "CIRCLE_SECRET": (SECRET, "secret", SECRET.encode()),
    "CIRCLE_ALLOWED_ORIGINS": (
        "https://a.example, https://b.example:8443",
        "allowed_origins",
        ("https://a.example", "https://b.example:8443"),
    ),
    "CIRCLE_EXIT_URL": ("https://weather.example/today", "exit_url", "https://weather.example/today"),
    "CIRCLE_HELP_FILE": (str(ROOT / "web/help.json"), "help_file", ROOT / "web/help.json"),
    "CIRCLE_TRUSTED_PROXIES": ("10.0.0.0/8, ::1", "trusted_proxies", "10.0.0.0/8, ::1"),
}

BAD: dict[str, tuple[str, ...]] = {
    "CIRCLE_EXIT_URL": ("http://plain.example", "javascript:alert(1)", "https://", "wikipedia.org", "https://a b"),
    "CIRCLE_HELP_FILE": ("/nothing/here", "."),
    "PORT": ("0", "65536", "-1", "8000.0", "8_000", "eight", "٨٠٠٠", " "),
    "REDIS_URL": ("host:6379", "http://host", "redis://", "redis://host:99999", "redis://host:port", "unix://"),
    "CIRCLE_HOST": ("localhost", "1.2.3", "*"),
    "CIRCLE_PUBLIC_URL": (
        "circle.example",
        "ftp://circle.example",
        "https://",
        "https://circle.example/path",
        "https://circle.example?query",
        "https://circle.example#part",
        "https://name:word@circle.example",
        "https://circle.example:99999",
        "https://*",
        "https://a b",
        "https://[::1",
    ),
    "CIRCLE_PUBLIC_IP": ("circle.example", "256.0.0.1"),
    "CIRCLE_MEDIA_PORT": ("0", "many"),
    "CIRCLE_MEDIA_HOST": ("any",),
    "CIRCLE_SECRET": ("too short",),
    "CIRCLE_SECRET_FILE": ("/nowhere/at/all", "/"),
    "CIRCLE_ALLOWED_ORIGINS": ("*", "null", "https://a.example,b.example"),
    "CIRCLE_TRUSTED_PROXIES": ("*", "proxy.example", "127.0.0.1,"),
}


@pytest.mark.parametrize("name", GOOD)
def test_each_setting_is_read_from_its_name(name: str) -> None:
    text, field, value = GOOD[name]
    assert getattr(read({name: text}), field) == value
    assert getattr(read({}), field) != value


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD.items() for text in texts])
def test_what_cannot_be_read_is_named_with_what_it_should_be(name: str, text: str) -> None:
    said = trouble({name: text})
    assert said.startswith(f"{name} cannot be ")
    assert "It should " in said
    assert said.endswith(".")


def test_no_row_is_left_out_of_these_tests() -> None:
    names = {row.name for row in ROWS}
    assert set(GOOD) | {"CIRCLE_SECRET_FILE"} == names
    assert set(BAD) == names


@pytest.mark.parametrize("name", ["REDIS_URL", "CIRCLE_SECRET", "CIRCLE_PUBLIC_URL", "CIRCLE_ALLOWED_ORIGINS"])
def test_no_sentence_repeats_a_value(name: str) -> None:
    assert "hush" not in trouble({name: "hush://x:hush@y"})


@pytest.mark.parametrize("name", ["CIRCLE_", "CIRCLE_PROT", "CIRCLE_port", "CIRCLE_PORT", "CIRCLE_REDIS_URL"])
def test_an_unknown_name_of_ours_stops_the_start_and_says_what_to_do(name: str) -> None:
    said = trouble({name: "hush"})
    assert said.startswith(f"{name} is not a setting. Take it out,")
    assert "hush" not in said


def test_names_of_others_are_none_of_our_business() -> None:
    assert read({"CIRCLES": "1", "MY_CIRCLE_PORT": "1", "PATH": "/bin"}).port == 8000


def test_an_empty_value_counts_as_not_set() -> None:
    assert read({row.name: "" for row in ROWS}).port == 8000


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    assert read({"CIRCLE_SECRET_FILE": str(file)}).secret == SECRET.encode()
    file.write_text("short")
    assert "short" not in trouble({"CIRCLE_SECRET_FILE": str(file)}).replace(str(file), "")
    file.write_bytes(b"\xff" * 40)
    assert trouble({"CIRCLE_SECRET_FILE": str(file)}).startswith("CIRCLE_SECRET_FILE cannot be used.")


def test_without_a_secret_each_start_draws_a_new_one() -> None:
    assert len(read({}).secret) == 32
    assert read({}).secret != read({}).secret


def test_what_is_not_set_follows_from_what_is() -> None:
    assert read({"PORT": "9000"}).public_url == "http://localhost:9000"
    assert read({"CIRCLE_PUBLIC_IP": "203.0.113.7"}).media_host == "203.0.113.7"


def origins(**environ: str) -> tuple[str, ...]:
    return read(environ).origins


def test_on_one_machine_both_of_its_names_may_connect() -> None:
    assert set(origins(PORT="9000")) == {"http://localhost:9000", "http://127.0.0.1:9000"}


def test_behind_another_port_of_this_machine_pages_may_connect_too() -> None:
    assert "http://localhost:9000" in origins(CIRCLE_PUBLIC_URL="http://localhost:9000")


def test_elsewhere_only_the_public_name_and_named_ones_may_connect() -> None:
    assert origins(CIRCLE_PUBLIC_URL="https://circle.example") == ("https://circle.example",)
    both = origins(CIRCLE_PUBLIC_URL="https://circle.example", CIRCLE_ALLOWED_ORIGINS="https://old.example")
    assert both == ("https://circle.example", "https://old.example")


def test_an_origin_is_kept_as_browsers_send_it() -> None:
    assert origins(CIRCLE_PUBLIC_URL="https://Circle.Example:443/") == ("https://circle.example",)
    assert origins(CIRCLE_PUBLIC_URL="http://circle.example:80") == ("http://circle.example",)
    assert origins(CIRCLE_PUBLIC_URL="https://[2001:DB8::1]:8443") == ("https://[2001:db8::1]:8443",)


def test_only_our_own_host_names_are_answered() -> None:
    assert read({}).hosts == ("localhost", "127.0.0.1")
    assert read({"CIRCLE_PUBLIC_URL": "https://circle.example"}).hosts == ("circle.example",)


def test_the_readme_lists_every_setting_as_it_is() -> None:
    assert table() in (ROOT / "README.md").read_text()


def test_settings_cannot_be_changed_after_they_were_read() -> None:
    settings: Settings = read({})
    with pytest.raises(AttributeError):
        setattr(settings, "port", 1)  # noqa: B010  the checker forbids the plain way, rightly
