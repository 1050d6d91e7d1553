FROM golang:1.27 AS build
WORKDIR /src
COPY . .
RUN apt-get update && apt-get install -y gcc libsqlite3-dev
RUN CGO_ENABLED=1 go build -o /app .
FROM scratch
COPY --from=build /app /app
USER 65532
ENTRYPOINT ["/app"]
