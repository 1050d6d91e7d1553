FROM alpine
ARG A=1 B
ENV C=$A D="$B e" E=${F:-g}
WORKDIR /w/$C
COPY a b $D/
ADD x y/
RUN --mount=type=cache,target=/c make
USER $C:$A
LABEL l=$C m="$D"
EXPOSE 80 $C/udp
VOLUME /v $C
CMD ["a", "b"]
