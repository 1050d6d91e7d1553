FROM alpine:3.22
RUN apk add \
    --virtual .deps \  
    git \
# note
    make \

    gcc
ENV A=1 \
    B=2\
3 \
    C="4 \
5"
CMD ["a", \
  "b"]
