FROM golang:1.27 AS build # builder
COPY go.mod go.sum ./ # modules
RUN go mod download # fetch
EXPOSE 80 # web
WORKDIR /src # here
USER app # not root
