FROM alpine:3.22
SHELL ["/bin/ash", "-eo", "pipefail", "-c"]
RUN ["apk", "add", "curl"]
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --start-interval=1s --retries=3 CMD ["curl", "-f", "http://localhost/"]
ENTRYPOINT ["/app", "--name", "\u00e4 \"quoted\" \\"]
CMD []
