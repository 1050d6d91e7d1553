"""What the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

#: Top of the checkout.
ROOT = Path(__file__).resolve().parents[3]

GO_IMAGE = """\
# syntax=docker/dockerfile:1
ARG GO_VERSION=1.25

FROM golang:${GO_VERSION} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app ./cmd/app && echo "déjà vu"

FROM scratch
COPY --from=build --chown=1000:1000 /app /app
ENV MODE=production DEBUG=
EXPOSE 8080/tcp 9090
USER 1000:1000
ENTRYPOINT ["/app", "--serve"]
"""


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def go_image() -> str:
    return GO_IMAGE
