# escape=`
FROM alpine
RUN echo a `
  b \
RUN dir C:\\ `` `
c
ENV A=x` y B=\z
COPY --chown=a`b c d
