FROM alpine:3.22
RUN <<EOF
apk add git
go build ./...
EOF
RUN <<-'SCRIPT' bash -eux
	if true; then
	  echo "$x"
	fi
	SCRIPT
RUN 3<<A cat <<B | tr a b
a
A
b
B
