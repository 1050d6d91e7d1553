"""The table of cases that C, Python and Go answer alike."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

import godockerfile
from godockerfile import HealthConfig, Options

TABLE = Path(__file__).resolve().parents[2] / "cases.json"
CASES: list[dict[str, Any]] = json.loads(TABLE.read_text(encoding="utf-8"))["cases"]


def having(key: str) -> pytest.MarkDecorator:
    cases = [case for case in CASES if key in case]
    return pytest.mark.parametrize("case", cases, ids=[case["name"] for case in cases])


every_case = pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])


def source_of(case: dict[str, Any]) -> bytes:
    if "source_base64" in case:
        return base64.b64decode(case["source_base64"])
    text: str = case["source"]
    return text.encode()


def options_of(case: dict[str, Any]) -> Options | None:
    given = case.get("options", [])
    if not given:
        return None
    pairs = {"build-arg": "build_args", "image-config": "image_configs"}
    texts = {name: value for name, value in given if name not in pairs}
    for option, field in pairs.items():
        values = [value.partition("=") for name, value in given if name == option]
        texts[field] = {key: value if equals else None for key, equals, value in values}
    return Options(**texts)


def parse(case: dict[str, Any]) -> godockerfile.Document:
    return godockerfile.parse(source_of(case), options_of(case))


@every_case
def test_no_byte_is_lost(case: dict[str, Any]) -> None:
    document = parse(case)
    assert document.data == source_of(case)
    assert document.text.encode("utf-8", "surrogateescape") == source_of(case)
    assert "".join(document.slice(token.range) for token in document.tokens) == document.text


@having("nodes")
def test_nodes(case: dict[str, Any]) -> None:
    kinds = [node.kind.name.lower().replace("_", "-") for node in parse(case).walk()]
    assert kinds == case["nodes"]


@having("instructions")
def test_instructions(case: dict[str, Any]) -> None:
    answer = [
        {
            "kind": instruction.instruction_kind.name,
            "lines": [instruction.first_line, instruction.last_line],
            "parts": [
                [part.kind.name.lower().replace("_", "-"), part.value] for part in instruction.parts
            ],
        }
        for instruction in parse(case).instructions
    ]
    assert answer == case["instructions"]


@having("problems")
def test_problems(case: dict[str, Any]) -> None:
    assert [problem.message for problem in parse(case).problems] == case["problems"]


def stage_answer(stage: godockerfile.Stage, wanted: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "name": stage.name or "",
        "base": stage.base,
        "platform": stage.platform or "",
        "reachable": stage.is_reachable,
        "user": stage.user,
        "workdir": stage.workdir,
        "environment": stage.environment,
    }
    return {key: value for key, value in answer.items() if key in wanted}


@having("stages")
def test_stages(case: dict[str, Any]) -> None:
    stages = parse(case).stages
    assert len(stages) == len(case["stages"])
    answer = [stage_answer(stage, want) for stage, want in zip(stages, case["stages"])]
    assert answer == case["stages"]


@having("edges")
def test_edges(case: dict[str, Any]) -> None:
    answer = [
        [edge.stage.name or "" if edge.stage else "", edge.kind.name.lower(), edge.reference]
        for edge in parse(case).build().edges
    ]
    assert answer == case["edges"]


@having("commands")
def test_commands(case: dict[str, Any]) -> None:
    assert [list(command.arguments) for command in parse(case).commands] == case["commands"]


def config_answer(config: godockerfile.Config) -> dict[str, Any]:
    failure = config.failure
    health = config.healthcheck or HealthConfig((), 0, 0, 0, 0, 0)
    return {
        "error": failure.message if failure else "",
        "error_lines": [list(lines) for lines in failure.lines] if failure else [],
        "complete": config.is_complete,
        "base_known": config.is_base_known,
        "images": list(config.images),
        "architecture": config.architecture,
        "os": config.os,
        "os.version": config.os_version,
        "variant": config.variant,
        "author": config.author,
        "User": config.user,
        "WorkingDir": config.working_dir,
        "StopSignal": config.stop_signal,
        "Env": [f"{name}={value}" for name, value in config.env.items()],
        "Entrypoint": list(config.entrypoint),
        "Cmd": list(config.cmd),
        "ExposedPorts": list(config.exposed_ports),
        "Volumes": list(config.volumes),
        "Labels": dict(config.labels),
        "OnBuild": list(config.on_build),
        "Shell": list(config.shell),
        "Test": list(health.test),
        "Interval": health.interval,
        "Timeout": health.timeout,
        "StartPeriod": health.start_period,
        "StartInterval": health.start_interval,
        "Retries": health.retries,
        "ArgsEscaped": int(config.args_escaped),
        "created_by": [list(entry) for entry in config.history],
    }


@having("config")
def test_config(case: dict[str, Any]) -> None:
    answer = config_answer(parse(case).build().config())
    assert {key: answer[key] for key in case["config"]} == case["config"]


@having("image_json")
def test_image_json(case: dict[str, Any]) -> None:
    assert parse(case).build().config().to_json() == case["image_json"]


@having("findings")
def test_findings(case: dict[str, Any]) -> None:
    report = godockerfile.check(parse(case), rules=godockerfile.RuleSet.only(*case["rules"]))
    answer = [[finding.code, finding.position().line] for finding in report]
    assert answer == case["findings"]


@having("fixed")
def test_fixed(case: dict[str, Any]) -> None:
    rules = godockerfile.RuleSet.only(*case["rules"])
    rewrite = godockerfile.fix(parse(case), rules=rules)
    assert rewrite.text == case["fixed"]
    assert rewrite.changed == (case["fixed"] != case["source"])


@having("edits")
def test_edits(case: dict[str, Any]) -> None:
    document = parse(case)
    edits = godockerfile.Edits(document)
    for operation, index, arguments, failure in case["edits"]:
        call = getattr(edits, operation.replace("-", "_"))
        instruction = document.instructions[index]
        if failure is None:
            call(instruction, *arguments)
            continue
        with pytest.raises(godockerfile.GodockerfileError) as raised:
            call(instruction, *arguments)
        assert raised.value.code.name.lower() == failure
    assert edits.apply() == case["edited"]
