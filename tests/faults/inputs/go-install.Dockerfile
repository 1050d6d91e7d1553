FROM golang:1.26 AS tools
RUN go install example.test/tool@latest && go get -u example.test/other
FROM busybox
COPY --from=tools /go/bin/ /bin/
ENTRYPOINT ["tool"]
