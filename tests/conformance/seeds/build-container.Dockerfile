FROM alpine
MAINTAINER A B
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN a | b
CMD one
cmd two
ENTRYPOINT three
ENTRYPOINT ["four"]
HEALTHCHECK --interval=1m --timeout=3s --start-period=2s --start-interval=1s --retries=4 CMD curl x
HEALTHCHECK NONE
EXPOSE 80/TCP 127.0.0.1:81:82 90-92:100-102/udp
LABEL one 1
ENV two 2
ARG TOKEN=x api_key
ENV DB_PASSWORD=y PUBLIC_KEY=z
WORKDIR rel
ONBUILD CMD x
STOPSIGNAL SIGRTMIN+3
VOLUME /a /b
USER 1000:1000
