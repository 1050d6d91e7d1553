FROM alpine:3.22
LABEL a=1 b="2 3" "c d"='e f' g=\
 h
LABEL org.opencontainers.image.authors="x" org.opencontainers.image.source=https://example.test/
LABEL legacy value of many words
LABEL multi="line \
two" last=
