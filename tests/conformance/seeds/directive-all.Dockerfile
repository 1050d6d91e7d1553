# syntax=docker/dockerfile:1
# escape=\
# check=skip=StageNameCasing;error=false

FROM alpine AS Up
FROM alpine as x
