FROM alpine
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN a | b
SHELL ["x"]
SHELL bash -c
