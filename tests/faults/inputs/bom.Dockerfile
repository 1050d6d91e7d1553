# syntax=docker/dockerfile:1
FROM golang:1.27 AS build
RUN go build -o /app .
