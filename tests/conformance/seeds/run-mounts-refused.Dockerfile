FROM alpine
RUN --mount=type=bind,from=$X,target=/b true
