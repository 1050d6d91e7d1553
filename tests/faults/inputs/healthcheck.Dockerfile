FROM alpine:3.22
HEALTHCHECK NONE
HEALTHCHECK CMD wget -q -O- http://localhost:8080/ || exit 1
HEALTHCHECK --interval=1m30s CMD ["/app", "health"] extra
HEALTHCHECK FOO bar
