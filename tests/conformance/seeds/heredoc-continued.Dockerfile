FROM alpine
RUN a \
  <<E \
  b
body
E
RUN cat <<E | \

 wc
body
E
