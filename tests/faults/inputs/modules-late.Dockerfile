FROM golang:1.27-alpine AS build
WORKDIR /src
COPY . .
RUN go mod download
RUN go build -o /app ./...
FROM alpine:3.22
COPY --from=build /app /app
RUN adduser -D -u 1000 app
USER app
CMD ["/app"]
