// The program pin_image sets the tag or the digest of an image wherever a Dockerfile is built from
// it, and leaves every other byte as it is.
//
//	pin_image [-w] DOCKERFILE REPOSITORY TAG|sha256:DIGEST
//
// The result is printed, or written to the file with -w.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	godockerfile "github.com/godockerfile/libgodockerfile/bindings/go"
)

func main() {
	write := flag.Bool("w", false, "write the result to the file")
	flag.Parse()
	if flag.NArg() != 3 {
		fmt.Fprintln(os.Stderr, "usage: pin_image [-w] DOCKERFILE REPOSITORY TAG|sha256:DIGEST")
		os.Exit(2)
	}
	if err := run(*write, flag.Arg(0), flag.Arg(1), flag.Arg(2)); err != nil {
		fmt.Fprintln(os.Stderr, "pin_image:", err)
		os.Exit(1)
	}
}

func run(write bool, path, repository, pin string) error {
	document, err := godockerfile.ParseFile(path)
	if err != nil {
		return err
	}
	defer document.Close()
	text, err := pinned(document, repository, pin)
	if err != nil {
		return err
	}
	if !write {
		_, err = fmt.Print(text)
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

func pinned(document *godockerfile.Document, repository, pin string) (string, error) {
	edits, err := godockerfile.NewEdits(document)
	if err != nil {
		return "", err
	}
	set := edits.SetImageTag
	if strings.HasPrefix(pin, "sha256:") {
		set = edits.SetImageDigest
	}
	found := false
	for _, stage := range document.Stages() {
		from := stage.Instruction()
		image, ok := from.Image()
		if !ok || stage.BaseStage().IsValid() || image.Repository != repository {
			continue
		}
		if err := set(from, pin); err != nil {
			return "", fmt.Errorf("line %d: %w", from.FirstLine(), err)
		}
		found = true
	}
	if !found {
		return "", errors.New("no stage is built on " + repository)
	}
	return edits.Apply()
}
