FROM alpine AS a
WORKDIR /w
RUN --mount=type=bind,source=s,target=t,rw=true true
RUN --mount=type=cache,dst=c,sharing=locked,mode=0755,uid=1,gid=$G true
RUN --mount=type=tmpfs,target=/t,size=1.5gb true
RUN --mount=type=secret,source=/s,target=$T,required=true true
RUN --mount=type=ssh,id=i,required true
RUN --mount=from=a,source=/x,target=/y --network=host --security=insecure true
FROM alpine
RUN --mount=from=a,target=/a --mount=from=busybox,target=/b true
RUN ["true", "a b"]
