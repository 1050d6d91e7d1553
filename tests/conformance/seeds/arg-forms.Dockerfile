ARG A B=1 C= D='x y' E="$A"
ARG F=a\ b
FROM alpine
ARG
ARG =x
