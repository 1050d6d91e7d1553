module github.com/godockerfile/libgodockerfile/bindings/go

go 1.19
