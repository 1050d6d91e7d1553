FROM golang:1.27-alpine AS build
RUN apk add build-base git
WORKDIR /src
COPY . .
RUN go build -tags netgo -o /bin/app ./cmd/app
FROM gcr.io/distroless/static-debian12
COPY --from=build /bin/app /
CMD ["/app"]
