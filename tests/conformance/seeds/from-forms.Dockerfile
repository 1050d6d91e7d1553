FROM scratch
FROM alpine:3.20 AS one
FROM --platform=linux/arm64 registry.example.org:5000/a/b@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef as Two
from one
From one As three
