FROM golang:1.27
RUN --mount=type=secret,id=netrc,target=/root/.netrc,mode=0400,required=true \
    --mount=type=ssh,id=default \
    --mount=type=tmpfs,target=/tmp,size=64m \
    --mount=type=cache,id=mod,target=/go/pkg/mod,sharing=locked,uid=1000,gid=1000 \
    --mount=type=bind,from=alpine:3.22,source=/etc,target=/mnt,rw \
    --network=none --security=sandbox go mod download
RUN --device=vendor.test/device=all,required true
