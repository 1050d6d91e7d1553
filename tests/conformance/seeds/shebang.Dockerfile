#!/usr/bin/env tool
# escape=`
# check=skip=all
FROM alpine AS A
RUN a `
b
