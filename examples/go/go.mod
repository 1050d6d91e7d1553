module github.com/godockerfile/libgodockerfile/examples/go

go 1.19

require github.com/godockerfile/libgodockerfile/bindings/go v0.1.0

replace github.com/godockerfile/libgodockerfile/bindings/go => ../../bindings/go
