"""The image config that a build would write."""

from __future__ import annotations

import dataclasses
import json

import pytest

import godockerfile as g
from godockerfile import HealthConfig, HistoryEntry, LineRange, Options

BASE = '{"architecture":"arm64","os":"linux","config":{"User":"app","Env":["A=1"]}}'


def config_of(text: str, options: Options | None = None) -> g.Config:
    return g.parse(text).build(options).config()


def test_a_go_image(go_image: str) -> None:
    config = config_of(go_image)
    assert config.failure is None
    assert config.is_complete
    assert config.is_base_known
    assert config.images == ("docker.io/library/golang:1.25",)
    assert config.env["MODE"] == "production"
    assert config.entrypoint == ("/app", "--serve")
    assert config.exposed_ports == ("8080/tcp", "9090/tcp")
    assert config.healthcheck is None
    assert config.history[0] == HistoryEntry("COPY --chown=1000:1000 /app /app # buildkit", True)


def test_a_limit_is_named() -> None:
    text = "FROM scratch\nENV A=12345678\nUSER $A$A\n"
    config = config_of(text, Options(max_expansion=15))
    assert not config.is_complete
    assert "max-expansion" in config.limit
    assert config_of(text).limit == ""


def test_times_are_nanoseconds() -> None:
    config = config_of('FROM scratch\nHEALTHCHECK --interval=1m --retries=2 CMD ["/a", "-c"]\n')
    assert config.healthcheck == HealthConfig(("CMD", "/a", "-c"), 60 * 10**9, 0, 0, 0, 2)


def test_the_options_of_the_build_hold() -> None:
    document = g.parse("FROM scratch AS a\nARG V=1\nENV V=$V\nFROM scratch\n")
    options = Options(target="a", build_args={"V": "2"}, platform="linux/s390x")
    build = document.build(options)
    assert build.options == options
    config = build.config()
    assert (config.architecture, config.env["V"]) == ("s390x", "2")
    assert "V" not in document.build().config().env
    of_document = g.parse(document.text, options).build().config()
    assert of_document == config


@pytest.mark.parametrize("config", [BASE, BASE.encode(), f"[{BASE}]"])
def test_the_config_of_the_base_image(config: str | bytes) -> None:
    text = "FROM example.org/base\nENV A=$A$A\n"
    assert not config_of(text).is_base_known
    found = config_of(text, Options(image_configs={"example.org/base": config}))
    assert found.is_base_known
    assert (found.user, found.architecture, found.env["A"]) == ("app", "arm64", "11")


@pytest.mark.parametrize("config", ["", "{}", "[]", '{"schemaVersion":2}', f"[{BASE},{BASE}]"])
def test_what_is_no_image_config_is_refused(config: str) -> None:
    with pytest.raises(g.InvalidArgumentError):
        config_of("FROM a\n", Options(image_configs={"a": config}))


def test_an_image_that_the_registry_does_not_have() -> None:
    failure = config_of("FROM a:1\n", Options(image_configs={"a:1": None})).failure
    assert failure is not None
    assert str(failure) == "a:1: docker.io/library/a:1: not found"
    assert failure.lines == (LineRange(1, 1),)


def test_a_failure_leaves_the_rest_empty() -> None:
    config = config_of("FROM alpine\nUSER app\nSTOPSIGNAL \\\n  SIGFOO\n")
    assert config.failure == ("invalid signal: SIGFOO", (LineRange(3, 4),))
    assert (config.user, config.history) == ("", ())
    assert config.images == ("docker.io/library/alpine:latest",)


def test_json_is_the_oci_config() -> None:
    config = config_of("FROM scratch\nLABEL a=b\n")
    assert json.loads(config.to_json()) == {
        "architecture": config.architecture,
        "os": "linux",
        "config": {"Env": [f"PATH={config.env['PATH']}"], "WorkingDir": "/", "Labels": {"a": "b"}},
        "history": [{"created_by": "LABEL a=b", "empty_layer": True}],
    }


def test_a_config_does_not_change_and_outlives_its_document() -> None:
    with g.parse("FROM scratch\nLABEL a=b\nUSER app\n") as document:
        build = document.build()
        config = build.config()
    assert (config.user, config.labels) == ("app", {"a": "b"})
    with pytest.raises(g.ClosedError):
        build.config()
    with pytest.raises(dataclasses.FrozenInstanceError):
        config.user = "root"  # type: ignore[misc]
    with pytest.raises(TypeError):
        config.labels["a"] = "c"  # type: ignore[index]
