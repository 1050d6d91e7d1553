# A directive that comes too late, and two stages that need each other.

# syntax=docker/dockerfile:1
ARG BASE=alpine:3.22
FROM $BASE AS tools
ENV LIST=/srv/list
COPY --from=site ${LIST} /etc/list
EXPOSE ${PORT:-8080}
FROM alpine:3.22 AS site
# check=error=true
COPY --from=tools /etc/list /srv/list
USER 1000:1000
