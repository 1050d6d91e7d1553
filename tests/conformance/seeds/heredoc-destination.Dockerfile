FROM alpine
COPY a <<E
b
E
