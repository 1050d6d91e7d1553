FROM golang:1.27
COPY --chwon=1:1 a b
COPY --from a b
RUN --mount=type=cash,target=/x true
RUN --mount=type=cache,target true
RUN --mount=type=bind,sharing=private,target=/x true
HEALTHCHECK --interval=soon CMD true
HEALTHCHECK --retries=-1 CMD true
