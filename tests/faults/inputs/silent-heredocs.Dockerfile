FROM alpine:3.22
COPY << EOF /etc/motd
Welcome.
EOF
COPY <<A <<"A" /x/
one
A
two
A
COPY <<EOF /run.sh
echo a\nb \
EOF
COPY <<EOF /other.sh
echo $A\nb
EOF
RUN <<EOF && true
apk info
EOF
RUN cat<<EOF
hello
EOF
RUN cat <<EOF # don't
hello
EOF
