# first
#second

  # indented
FROM alpine:3.22 # not a comment
# between
RUN a \
# inside
  && b \

  && c
#
# last