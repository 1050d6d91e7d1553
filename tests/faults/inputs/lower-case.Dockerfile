from golang:1.27 as build
workdir /src
copy . .
run go mod download && go build -o app .
from debian:bookworm-slim
copy --from=build /src/app /app
user nobody
cmd ["/app"]
