FROM alpine
ONBUILD RUN <<E
echo a
E
ONBUILD COPY <<F /x
b
F
