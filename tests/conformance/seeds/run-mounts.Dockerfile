FROM alpine
RUN --mount=type=cache,target=/root/.cache --mount=type=bind,from=alpine,source=/a,target=/b,ro true
RUN --mount=type=secret,id=k,required --network=none --security=sandbox true
RUN --mount=type=tmpfs,target=/t,size=64m --mount=type=ssh true
