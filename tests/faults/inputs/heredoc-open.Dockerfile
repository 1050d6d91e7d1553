FROM alpine:3.22
RUN <<EOF
apk add git
echo no end
