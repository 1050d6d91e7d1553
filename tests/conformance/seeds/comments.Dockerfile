# one
  # two
#
# three

ARG A=1
# A is described
ARG A
#four
FROM alpine AS x # not a comment
RUN a \
# inside
  # inside, too
  b
