FROM golang:1.27 AS build
WORKDIR /src
COPY go.* ./
RUN go mod download
COPY . ./
RUN CGO_ENABLED=0 GOOS=linux go build -a -installsuffix cgo -ldflags '-extldflags "-static"' -o app .
FROM alpine:latest
RUN apk --no-cache add ca-certificates
COPY --from=build /src/app .
CMD ["./app"]
