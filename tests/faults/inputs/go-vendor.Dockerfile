FROM golang:1.20 AS builder
ENV GO111MODULE=on GOFLAGS=-mod=vendor
WORKDIR $GOPATH/src/app
COPY . .
RUN go build -race -ldflags "-X main.version=$(git describe)" -o /go/bin/app
FROM ubuntu
RUN useradd -m app
COPY --from=builder /go/bin/app /app
USER app
CMD /app
