FROM alpine
COPY --chown="a b" c d
COPY --ch'own'=e f g
COPY --chown=h\ i j k
COPY "--chown=l" m n
COPY --chown= o p
COPY --link --link q r
