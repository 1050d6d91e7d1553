# check=error=true;skip=StageNameCasing
FROM alpine:3.20 as One
env one=$ONE two=${TWO:+2}
run echo
COPY a b c /
FROM busybox
# check=skip=all
CMD a
# what it is for
ARG NAME=x
