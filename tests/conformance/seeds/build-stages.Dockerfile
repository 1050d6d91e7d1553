from alpine as Base
FROM base AS context
FROM context AS context
FROM --platform=$TARGETPLATFORM debian:12 AS x
COPY --from=Base a b
FROM X
COPY --from=x c d
FROM --platform=linux/arm64/v8 docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS last
RUN --mount=from=context,target=/m true \

  more
# last the comment
ARG Q
# other
ARG R=1 S=$Q
