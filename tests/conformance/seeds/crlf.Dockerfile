# escape=`
FROM alpine
RUN a `
  b
COPY <<E /x
body
E
CMD ["a"]

# c
USER a
