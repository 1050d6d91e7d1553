// Package godockerfile parses, validates and rewrites Dockerfiles, with a mind for Go.
//
// [Parse] gives a [Document]: a lossless tree of nodes ([Document.Instructions], [Document.Walk]),
// each with its bytes in the file and, for an [Instruction], its typed parts.
//
//   - [Check] gives a [Report] of findings; [NewRuleSet] chooses the rules.
//   - [Fix] gives a [Rewrite], every change of which was proven.
//   - [NewEdits] takes changes of your own and leaves the rest of the file as it is, byte for byte.
//   - [NewBuild], or [Document.Build], tells what a build would do: stages and what they take from
//     where, what a word expands to, which files a COPY takes, which commands a RUN runs, which image
//     config comes out.
//
// # Errors
//
// Broken Dockerfiles are no errors: they give a tree, [Document.Problems] and findings. Errors are
// lack of memory, a wrong argument, an edit that cannot be made, and use after Close. They can be
// compared with [ErrArgument] and its like by [errors.Is].
//
// # Positions
//
// Offsets count bytes from 0, ranges are half open, lines and columns start at 1.
//
// # Goroutines and memory
//
// A Document, Build, Report, Rewrite and IgnoreFile never change: any number of goroutines may read
// them. A RuleSet, Project and Edits may be changed by one goroutine at a time, and not while a
// check, a fix or a build uses them. Memory of the C library is given back when the garbage collector
// finds an object unreachable; Close gives it back earlier, as soon as what was made from the object
// is closed or unreachable, too. It may be called while other goroutines read; reading after it gives
// zero values.
//
// # The C library
//
// The package needs libgodockerfile, found by pkg-config; build with the tag godockerfile_static to
// link its static form.
package godockerfile
