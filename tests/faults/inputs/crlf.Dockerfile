FROM golang:1.27
WORKDIR /src
COPY . .
RUN go mod download \
  && go build -o /app .
RUN <<EOF
go vet
EOF
CMD /app
