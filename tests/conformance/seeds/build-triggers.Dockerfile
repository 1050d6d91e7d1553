ARG BASE=alpine
FROM $BASE AS first
ENV A=1 PATH=/own:$PATH
ARG A=2 B=$A
ONBUILD ENV C=$A D=${B:-none}
ONBUILD WORKDIR sub
ONBUILD USER $C:g
ONBUILD ARG E=5
ONBUILD COPY --from=last x y
FROM scratch AS last
WORKDIR /w
FROM first AS second
ENV F=$C$E
RUN true $F
FROM second
LABEL l="$A $B" m=$F
CMD run
