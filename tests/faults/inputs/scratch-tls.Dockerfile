FROM golang:1.27-alpine AS build
RUN apk add ca-certificates tzdata
WORKDIR /src
COPY . .
ENV CGO_ENABLED=0
RUN go build -o /client .
FROM scratch
COPY --from=build /client /client
CMD ["/client", "https://example.test"]
