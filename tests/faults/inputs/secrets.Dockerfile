FROM alpine:3.22
COPY .env /app/.env
COPY id_rsa .npmrc .netrc /root/
COPY config/ credentials.json server.key /etc/app/
ARG GITHUB_TOKEN=abc
ENV PASSWORD=hunter2
