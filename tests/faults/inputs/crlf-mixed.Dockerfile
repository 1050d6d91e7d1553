FROM alpine:3.22
RUN apk add curl
RUN apk update

ENV A b
MAINTAINER x
