FROM alpine
# check=skip=MaintainerDeprecated
MAINTAINER a
MAINTAINER b
# check=skip=all
# more
FROM alpine as Big
# check = nonsense
FROM alpine as Big
