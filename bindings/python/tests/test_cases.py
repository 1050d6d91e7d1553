"""The table of cases that C, Python and Go answer alike."""

from __future__ import annotations

import base64
import json
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

import godockerfile
from godockerfile import (
    ColumnUnit,
    DumpFormat,
    GraphFormat,
    HealthConfig,
    Options,
    PartKind,
    ReportFormat,
)

TABLE = Path(__file__).resolve().parents[2] / "cases.json"
CASES: list[dict[str, Any]] = json.loads(TABLE.read_text(encoding="utf-8"))["cases"]


#: Keys that are given, or asked together with another one.
known_keys = {"name", "source", "source_base64", "options", "rules", "project", "edited"}


def having(key: str) -> pytest.MarkDecorator:
    known_keys.add(key)
    cases = [case for case in CASES if key in case]
    return pytest.mark.parametrize("case", cases, ids=[case["name"] for case in cases])


every_case = pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])


def name_of(value: Enum) -> str:
    return value.name.lower().replace("_", "-")


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
    fields: dict[str, Any] = {name.replace("-", "_"): value for name, value in texts.items()}
    return Options(**fields)


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
    kinds = [name_of(node.kind) for node in parse(case).walk()]
    assert kinds == case["nodes"]


@having("positions")
def test_positions(case: dict[str, Any]) -> None:
    document = parse(case)
    for offset, unit_name, line, column in case["positions"]:
        unit = next(unit for unit in ColumnUnit if name_of(unit) == unit_name)
        assert document.position(offset, unit) == (line, column)
        assert document.offset(line, column, unit) == offset


@having("dumps")
def test_dumps(case: dict[str, Any]) -> None:
    document = parse(case)
    answer = {form: document.dump(DumpFormat[form.upper()]) for form in case["dumps"]}
    assert answer == case["dumps"]


@having("instructions")
def test_instructions(case: dict[str, Any]) -> None:
    answer = [
        {
            "kind": instruction.instruction_kind.name,
            "lines": [instruction.first_line, instruction.last_line],
            "parts": [[name_of(part.kind), part.value] for part in instruction.parts],
        }
        for instruction in parse(case).instructions
    ]
    assert answer == case["instructions"]


@having("problems")
def test_problems(case: dict[str, Any]) -> None:
    assert [problem.message for problem in parse(case).problems] == case["problems"]


@having("builder_error")
def test_builder_error(case: dict[str, Any]) -> None:
    problem = parse(case).builder_error
    assert problem is not None
    assert [problem.message, *problem.range] == case["builder_error"]


@having("tokens")
def test_tokens(case: dict[str, Any]) -> None:
    tokens = parse(case).tokens
    assert [[name_of(token.kind), *token.range] for token in tokens] == case["tokens"]


@having("lines")
def test_lines(case: dict[str, Any]) -> None:
    assert list(parse(case).lines) == case["lines"]


@having("images")
def test_images(case: dict[str, Any]) -> None:
    images = [image for instruction in parse(case).instructions for image in instruction.images]
    answer = [
        [piece or "" for piece in (str(image), image.registry, image.repository)]
        + [piece or "" for piece in (image.tag, image.digest)]
        for image in images
    ]
    assert answer == case["images"]


def stage_answer(stage: godockerfile.Stage, wanted: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "name": stage.name or "",
        "base": stage.base,
        "platform": stage.platform or "",
        "reachable": stage.is_reachable,
        "user": stage.user,
        "workdir": stage.workdir,
        "environment": stage.environment,
        "root_image": stage.root_image,
        "base_stage": (stage.base_stage.name or "") if stage.base_stage else "",
        "base_unknown": stage.is_base_unknown,
        "is_target": stage == stage.build.target,
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


@having("shell")
def test_shell(case: dict[str, Any]) -> None:
    answer = [
        [
            command.program,
            name_of(command.operator),
            int(command.traits),
            command.parent.program if command.parent else "",
            [[name_of(word.role), int(word.traits), word.value] for word in command.words],
        ]
        for command in parse(case).commands
    ]
    assert answer == case["shell"]


@having("graph")
def test_graph(case: dict[str, Any]) -> None:
    build = parse(case).build()
    answer = {form: build.graph(GraphFormat[form.upper()]) for form in case["graph"]}
    assert answer == case["graph"]


def reference_answer(variable: godockerfile.Variable) -> list[Any]:
    return [
        variable.name,
        name_of(variable.state),
        name_of(variable.origin),
        variable.value,
        variable.origin_part.text if variable.origin_part else "",
    ]


@having("expansions")
def test_expansions(case: dict[str, Any]) -> None:
    build = parse(case).build()
    answer = []
    for index, kind, nth, *_ in case["expansions"]:
        parts = build.document.instructions[index].parts
        part = [part for part in parts if name_of(part.kind) == kind][nth]
        expansion = build.expand(part)
        row = [index, kind, nth, name_of(expansion.mode), expansion.text, expansion.is_certain]
        references = [reference_answer(reference.variable) for reference in expansion.references]
        answer.append([*row, expansion.error, list(expansion.words), references])
    assert answer == case["expansions"]


@having("texts")
def test_texts(case: dict[str, Any]) -> None:
    build = parse(case).build()
    answer = []
    for index, text, *_ in case["texts"]:
        expansion = build.expand_text(text, build.document.instructions[index])
        answer.append([index, text, expansion.text, expansion.error])
    assert answer == case["texts"]


@having("context")
def test_context(case: dict[str, Any]) -> None:
    project = godockerfile.Project(case["project"])
    ignore = project.ignore_file() or ""
    assert [list(project.files), ignore, project.content(ignore)] == case["context"]


@having("variables")
def test_variables(case: dict[str, Any]) -> None:
    build = parse(case).build()
    answer = []
    for index, name, *_ in case["variables"]:
        variable = build.variable(name, build.document.instructions[index])
        declaration = variable.declaration.text if variable.declaration else ""
        answer.append([index, *reference_answer(variable)[:4], declaration])
    assert answer == case["variables"]


@having("copies")
def test_copies(case: dict[str, Any]) -> None:
    build = parse(case).build()
    project = godockerfile.Project(case.get("project", {}))
    answer = []
    for index, *_ in case["copies"]:
        copied = build.copy_sources(build.document.instructions[index], project)
        sources = [
            [name_of(source.kind), source.text, source.is_found, source.is_required]
            for source in copied.sources
        ]
        files = [[path, source.text] for path, source in copied.files.items()]
        answer.append([index, sources, files])
    assert answer == case["copies"]


@having("ignore")
def test_ignore(case: dict[str, Any]) -> None:
    ignore = godockerfile.IgnoreFile(source_of(case))
    patterns = [
        [pattern.text, pattern.is_exception, pattern.line, *pattern.range]
        for pattern in ignore.patterns
    ]
    paths = []
    for path, *_ in case["ignore"]["paths"]:
        deciding = ignore.deciding(path)
        paths.append([path, path in ignore, deciding.text if deciding else ""])
    assert {"error": ignore.error, "patterns": patterns, "paths": paths} == case["ignore"]


@having("end_of_life")
def test_end_of_life(case: dict[str, Any]) -> None:
    answer = {}
    for image in case["end_of_life"]:
        day = godockerfile.end_of_life(image)
        answer[image] = int(day.strftime("%Y%m%d")) if day else 0
    assert answer == case["end_of_life"]


@having("suggested")
def test_suggested(case: dict[str, Any]) -> None:
    answer = {
        image: godockerfile.suggest_reference(image, options_of(case)) or ""
        for image in case["suggested"]
    }
    assert answer == case["suggested"]


@having("limits")
def test_limits(case: dict[str, Any]) -> None:
    answer = []
    for name, value, _ in case["limits"]:
        try:
            godockerfile.parse("", Options(**{name.replace("-", "_"): value}))
            answer.append([name, value, True])
        except godockerfile.InvalidArgumentError:
            answer.append([name, value, False])
    assert answer == case["limits"]


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


def rules_of(case: dict[str, Any]) -> godockerfile.RuleSet:
    return godockerfile.RuleSet.only(*case["rules"])


@having("report")
def test_report(case: dict[str, Any]) -> None:
    report = godockerfile.check(parse(case), rules=rules_of(case))
    answer = {form: report.render(ReportFormat[form.upper()]) for form in case["report"]}
    assert answer == case["report"]


@having("totals")
def test_totals(case: dict[str, Any]) -> None:
    report = godockerfile.check(parse(case), rules=rules_of(case))
    answer = [len(report), report.dropped, report.suppressed, name_of(report.worst)]
    assert answer == case["totals"]


@having("files")
def test_files(case: dict[str, Any]) -> None:
    project = godockerfile.Project(case["project"])
    rewrite = godockerfile.fix(parse(case), rules=rules_of(case), project=project)
    assert list(rewrite.files) == case["files"]
    assert all(rewrite.files.values())


@having("catalogue")
def test_catalogue(case: dict[str, Any]) -> None:
    answer = {}
    for name in case["catalogue"]:
        rule = godockerfile.RULES.find(name)
        assert rule is not None
        kinds = [rule.category, name_of(rule.severity), name_of(rule.fix_class)]
        texts = [rule.summary, rule.help, rule.example, rule.fixed_example]
        answer[name] = [rule.code, rule.name, *kinds, *texts]
    assert answer == case["catalogue"]


def fix_answer(fix: godockerfile.Fix) -> list[Any]:
    edits = [[*edit.range, edit.text] for edit in fix.edits]
    return [name_of(fix.fix_class), fix.title, fix.file or "", edits]


@having("messages")
def test_messages(case: dict[str, Any]) -> None:
    report = godockerfile.check(parse(case), rules=godockerfile.RuleSet.only(*case["rules"]))
    answer = [
        [
            name_of(finding.severity),
            finding.message,
            finding.note,
            [[*related.range, related.message] for related in finding.related],
            [fix_answer(fix) for fix in finding.fixes],
        ]
        for finding in report
    ]
    assert answer == case["messages"]


@having("applied")
def test_applied(case: dict[str, Any]) -> None:
    rules = godockerfile.RuleSet.only(*case["rules"])
    rewrite = godockerfile.fix(parse(case), rules=rules)
    answer = [[done.rule.code, name_of(done.fix_class), done.title] for done in rewrite.applied]
    assert answer == case["applied"]


@having("diff")
def test_diff(case: dict[str, Any]) -> None:
    rules = godockerfile.RuleSet.only(*case["rules"])
    assert godockerfile.fix(parse(case), rules=rules).diff() == case["diff"]


@having("fixed")
def test_fixed(case: dict[str, Any]) -> None:
    rules = godockerfile.RuleSet.only(*case["rules"])
    rewrite = godockerfile.fix(parse(case), rules=rules)
    assert rewrite.text == case["fixed"]
    assert rewrite.changed == (case["fixed"] != case["source"])


def edit(
    edits: godockerfile.Edits,
    operation: str,
    instruction: godockerfile.Instruction,
    arguments: list[Any],
) -> None:
    if operation == "replace":
        edits.replace(*arguments)
    elif operation == "set-part":
        kind, value = arguments
        part = instruction.find(PartKind[kind.upper().replace("-", "_")])
        assert part is not None
        edits.set_part(part, value)
    elif operation == "set-bare-flag":
        edits.set_flag(instruction, arguments[0], None)
    else:
        getattr(edits, operation.replace("-", "_"))(instruction, *arguments)


@having("edits")
def test_edits(case: dict[str, Any]) -> None:
    document = parse(case)
    edits = godockerfile.Edits(document)
    for operation, index, arguments, failure in case["edits"]:
        instruction = document.instructions[index]
        if failure is None:
            edit(edits, operation, instruction, arguments)
            continue
        with pytest.raises(godockerfile.GodockerfileError) as raised:
            edit(edits, operation, instruction, arguments)
        assert raised.value.code.name.lower() == failure
    assert edits.apply() == case["edited"]


def test_the_table_asks_only_what_is_answered() -> None:
    assert {key for case in CASES for key in case} == known_keys
