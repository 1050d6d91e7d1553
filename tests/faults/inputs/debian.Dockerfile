FROM debian:bullseye
RUN apt-get update
RUN apt-get install -y ca-certificates curl
RUN apt-get update && apt-get install -y git \
    && rm -rf /tmp/x
RUN apt-get clean && apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -y upgrade
COPY app /usr/local/bin/app
CMD ["app"]
