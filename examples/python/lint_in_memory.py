#!/usr/bin/env python3
"""Checks and repairs a Dockerfile that never touches the disk, as a web service would."""

from __future__ import annotations

import godockerfile
from godockerfile import Options, Project, RuleSet, Severity

DOCKERFILE = """\
FROM golang:1.25 as build
WORKDIR /src
COPY . .
RUN go build -o /app ./cmd/app

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
"""

CONTEXT = {
    "go.mod": "module example.org/app\n\ngo 1.25\n",
    "cmd/app/main.go": "package main\n\nfunc main() {}\n",
}


def main() -> None:
    """The program."""
    document = godockerfile.parse(DOCKERFILE, Options(file_name="Dockerfile"))
    rules = RuleSet("production", severities={"CHK002": Severity.ERROR})
    project = Project(CONTEXT)

    for finding in godockerfile.check(document, rules=rules, project=project):
        line, column = finding.position()
        print(f"{line}:{column}: {finding.severity.name.lower()}: {finding.message}", end=" ")
        print(f"[{finding.code}]")

    rewrite = godockerfile.fix(document, rules=rules, project=project)
    print(rewrite.diff())
    for name, content in rewrite.files.items():
        print(f"new file {name}:\n{content}")


if __name__ == "__main__":
    main()
