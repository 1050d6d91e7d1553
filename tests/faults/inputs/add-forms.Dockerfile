FROM debian:trixie-slim
ADD https://example.test/tool.tar.gz /tmp/
ADD --checksum=sha256:0000000000000000000000000000000000000000000000000000000000000000 https://example.test/a /a
ADD --keep-git-dir=true https://example.test/repo.git#main /src
ADD ["with space", "/dst/"]
ADD local.tar.gz .
