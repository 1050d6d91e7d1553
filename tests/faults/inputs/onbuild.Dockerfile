FROM golang:1.27
ONBUILD WORKDIR /src
ONBUILD COPY --chown=1:1 . .
ONBUILD RUN go mod download && \
    go build -a -o /app .
ONBUILD COPY <<EOF /f
x
EOF
ONBUILD ENTRYPOINT ["/app"]
ONBUILD HEALTHCHECK CMD true
ONBUILD MAINTAINER x
