FROM alpine
USER --x a
WORKDIR --y=z b
EXPOSE --q 80
