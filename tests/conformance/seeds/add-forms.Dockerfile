FROM alpine
ADD https://example.org/f.tar.gz /f
ADD --checksum=sha256:0123 --keep-git-dir=true --unpack=false a /b
ADD ["x", "y/"]
ADD git@example.org:a/b.git#main:sub /src
