FROM golang:1.27
WORKDIR /go/src/app
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /usr/local/bin/app ./cmd/app
EXPOSE 8080
CMD ["/usr/local/bin/app"]
