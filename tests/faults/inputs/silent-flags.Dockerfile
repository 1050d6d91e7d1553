FROM alpine:3.22 AS build
ARG --required VERSION= 1.2
STOPSIGNAL --now SIGINT
ENV A =1
ENV B= 2
LABEL c = "d e"
ONBUILD COPY --form=build a b
ONBUILD SHELL ['sh', '-c']
HEALTHCHECK --interval=5s NONE

FROM alpine:3.22
COPY /app --from=build /usr/bin/app
COPY –chown=1:1 a b
RUN –network=none true
HEALTHCHECK CMD --interval=5s wget -q localhost
COPY --Form=x a b
VOLUME [“/a”, /b]
CMD ['node' "s\erver.js",
