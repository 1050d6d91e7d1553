FROM ubuntu:14.04
MAINTAINER "Quoted Name" <q@example.test>
ENV GOPATH /go
ENV PATH $GOPATH/bin:$PATH
ENV QUOTED "a b"  c
ADD . /go/src/app
RUN go get app
CMD app
