FROM gcr.io/distroless/static
COPY server /server
HEALTHCHECK CMD ["/server", "-health"] || exit 1
CMD ["/server"] --port 80
ENTRYPOINT ["/server"];
