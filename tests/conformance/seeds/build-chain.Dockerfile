FROM scratch AS zero
ENV Z=0
FROM zero AS one
ENV Z=${Z}1
COPY --from=zero /a /b
ONBUILD ENV Z=${Z}t
FROM one AS two
ARG Z=arg
RUN echo $Z
FROM two AS three
RUN --mount=from=one,target=/m echo $Z
COPY --from=two --chown=$Z a b
ENTRYPOINT ["x"]
HEALTHCHECK --retries=2 CMD y
