FROM alpine
RUN a \
 b \
 c
RUN <<E
x
E
RUN dRUN e
