FROM alpine
RUN --mount="type=cache,target=/a b" --mount='type=cache,target=/c' true
RUN -- --not-a-flag
RUN --network="none" -- echo
