FROM golang:1.27 AS build
COPY --link --chmod=0755 --chown=app:app a b c/ /dst/
COPY --parents --exclude=*.md --exclude=*.txt src/ /src/
COPY --chown=$U:${G:-0} . .
COPY --from=alpine:3.22 /etc/passwd /etc/
COPY --from=0 /x /y
COPY --from=build /x /y
