FROM scratch AS one
FROM one AS TWO
FROM --platform=linux/arm64/v8 two
FROM 1
FROM Alpine:Latest
FROM a:b:c
FROM $IMAGE
FROM ${A}${B:-golang}:${C}
FROM golang:1.27-nanoserver AS x y
