ARG V=1.2 W
ARG X=${V%.*}
FROM --platform=$BUILDPLATFORM golang:${V:-3} AS build
ARG V TARGETARCH
ENV VERSION=$V GOARCH=${TARGETARCH:?must}
WORKDIR /src/$VERSION
WORKDIR more
COPY --chown=$UID:${GID-0} --chmod=0${MODE:-644} a* $VERSION/ ./
RUN --mount=type=cache,target=/c,id=$V --mount=type=secret,id=k,env=K make $V
FROM --platform=linux/amd64 scratch
COPY --from=build /src/$V /x
USER ${U:+n}
VOLUME $HOME /v ["$V"]
EXPOSE $PORT 80${S:-80}/tcp
STOPSIGNAL ${SIG:-TERM}
LABEL a=$V b="${X}" 'c'=$d
ENTRYPOINT ["/x", "$V"]
