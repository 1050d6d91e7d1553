FROM golang:1.27 AS deps
WORKDIR /src
FROM deps AS Build
COPY --from=deps /go /go
RUN --mount=from=deps,target=/m go build -o /app .
FROM Build AS test
RUN go test ./...
FROM scratch AS assets
COPY static /static
FROM alpine:3.22
COPY --from=BUILD /app /app
COPY --from=assets /static /static
COPY --from=9 /x /y
COPY --from=nowhere /x /y
