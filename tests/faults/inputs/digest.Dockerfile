FROM golang:1.27@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS build
FROM registry.example.test:5000/team/base/image:v1.2.3
FROM docker.io/library/alpine
FROM gcr.io/distroless/base:nonroot
