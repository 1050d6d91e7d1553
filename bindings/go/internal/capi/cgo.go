// Package capi is the C API as SWIG sees it. It is private to package godockerfile.
package capi

//go:generate python3 ../../../swig/generate.py

/*
#cgo pkg-config: libgodockerfile
#cgo godockerfile_static LDFLAGS: -l:libgodockerfile.a -lpcre2-8 -Wl,--as-needed
#include <godockerfile.h>
#if GDF_VERSION_MAJOR != 0 || GDF_VERSION_MINOR != 1
#error "this package needs libgodockerfile 0.1"
#endif
*/
import "C"
