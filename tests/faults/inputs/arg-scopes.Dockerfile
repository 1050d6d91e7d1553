ARG GO=1.27
ARG BASE=golang:${GO}-alpine UNUSED
FROM ${BASE} AS build
ARG GO
ARG VERSION=${GO}-dev "QUOTED=a b"
ENV V=${VERSION:-none} W=${VERSION%-dev} X=${VERSION/dev/prod}
RUN echo "$V" ${W} $X
FROM ${MISSING:-alpine:3.22}
ARG VERSION
LABEL version=$VERSION
