// Package godockerfile parses, validates and rewrites Dockerfiles, with a mind for Go.
//
// Parse gives a Document. Its tree (Instructions, Walk), its positions and its build (Stages,
// Commands) can be read; Check gives the findings, Fix a proven rewrite, and Edits makes changes of
// your own that leave the rest of the file as it is, byte for byte.
//
// Broken Dockerfiles are no errors: they give a tree, Problems and findings. Errors are lack of
// memory, a wrong argument, an edit that cannot be made, and use after Close.
//
// Offsets count bytes from 0; lines and columns start at 1.
//
// A Document, Build, Report and Rewrite never change: any number of goroutines may read them. A
// RuleSet, Project and Edits may be changed by one goroutine at a time. Memory of the C library is
// given back when the garbage collector finds an object unreachable; Close gives it back earlier,
// and reading after Close gives zero values.
//
// The package needs the C library libgodockerfile, found by pkg-config; build with the tag
// godockerfile_static to link its static form.
package godockerfile
