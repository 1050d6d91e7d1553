# check=experimental=all
# What the argument is for
ARG BASE=alpine:3.22
FROM --platform=$TARGETPLATFORM ${BASE} AS scratch
FROM --platform=linux/arm64 foreign.example/base:1 AS tools
ONBUILD EXPOSE 80/TCP
FROM $BASES AS tools
EXPOSE 127.0.0.1:8080:80/Tcp 8443:443
COPY --chown=$OWNER <<EOF $HOMES/file
$a ${b:-c} $PATHS
EOF
FROM tools
ENV API_KEY=x
RUN --mount=type=cache,target=$CACHE true \

    && true
workdir app
CMD a
CMD b
