FROM golang:1.27 as Build
env KEY value with spaces
MAINTAINER Some Body <somebody@example.test>
LABEL owner team
from alpine:3.22
COPY --from=Build /app /app
entrypoint /app --serve
cmd --port 80
ENTRYPOINT exec /app
