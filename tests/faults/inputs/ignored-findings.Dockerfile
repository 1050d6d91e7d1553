# check=skip=JSONArgsRecommended;error=true
FROM golang
# hadolint ignore=DL3025
CMD app
# godockerfile ignore=IMG001
FROM alpine
RUN apk add a
