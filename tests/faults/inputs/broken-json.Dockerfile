FROM alpine:3.22
CMD ['app']
ENTRYPOINT ["app",]
SHELL /bin/sh
VOLUME ["/data"
CMD ["app"] # the program
CMD ["a", 1]
