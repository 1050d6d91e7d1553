FROM golang:1.27 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /server .
FROM debian:trixie-slim
RUN groupadd -g 1000 app && useradd -u 1000 -g app app
COPY --from=build --chown=app:app /server /server
USER app:app
EXPOSE 8080
CMD ["/server"]
