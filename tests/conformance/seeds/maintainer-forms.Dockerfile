FROM alpine
MAINTAINER Some One <one@example.org>
maintainer x
MAINTAINER
