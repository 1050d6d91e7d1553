FROM alpine
COPY a
COPY
COPY --nope a b
