FROM golang:alpine
ADD . /src
WORKDIR /src
RUN apk update && apk add git make
RUN make build
ENTRYPOINT ./server
