FROM alpine
RUN cat<<A
RUN echo <<<B
RUN cat <<C>out
x
C>out
RUN (cat <<D)
x
D)
RUN echo it's <<E
RUN echo "$(cat <<F)"
