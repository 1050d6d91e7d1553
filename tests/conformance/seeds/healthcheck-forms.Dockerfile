FROM alpine
HEALTHCHECK --interval=30s --timeout=1m --start-period=1h --start-interval=2s --retries=3 CMD curl -f http://localhost/ || exit 1
HEALTHCHECK CMD ["a", "b"]
HEALTHCHECK NONE
HEALTHCHECK cmd x
