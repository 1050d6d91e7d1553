FROM alpine AS src
FROM alpine
COPY a b /c/
COPY --from=src --chown=1:2 --chmod=0755 --link a /b
COPY --parents --exclude=*.o --exclude=x a /b
COPY ["a b", "/c d"]
COPY --link=false a b
