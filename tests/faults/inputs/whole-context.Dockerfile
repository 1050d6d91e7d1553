FROM golang:1.27 AS build
WORKDIR /src
COPY . .
RUN go build -o /app .
FROM alpine:3.22
WORKDIR /app
COPY . .
COPY --from=build /app ./server
CMD ["./server"]
