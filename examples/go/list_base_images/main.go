// The program list_base_images lists the images that Dockerfiles are built from, and whether
// support for them has ended.
//
//	list_base_images DOCKERFILE...
package main

import (
	"fmt"
	"os"

	godockerfile "github.com/godockerfile/libgodockerfile/bindings/go"
)

const dateForm = "2006-01-02"

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: list_base_images DOCKERFILE...")
		os.Exit(2)
	}
	for _, path := range os.Args[1:] {
		if err := list(path); err != nil {
			fmt.Fprintln(os.Stderr, "list_base_images:", err)
			os.Exit(1)
		}
	}
}

func list(path string) error {
	document, err := godockerfile.ParseFile(path)
	if err != nil {
		return err
	}
	defer document.Close()
	build, err := document.Build()
	if err != nil {
		return err
	}
	for _, edge := range build.Edges() {
		if edge.Source.IsValid() || edge.Reference == "scratch" {
			continue // a stage of the file itself, or nothing at all
		}
		line := edge.Instruction.FirstLine()
		fmt.Printf("%s:%d: %s%s\n", path, line, edge.Reference, ended(edge.Reference))
	}
	return nil
}

// ended says when support for an image ended, as of the day of the library's facts.
func ended(reference string) string {
	day, ok := godockerfile.EndOfLife(reference)
	if !ok || day.Format(dateForm) > godockerfile.FactsDate() {
		return ""
	}
	return fmt.Sprintf(" (support ended %s)", day.Format(dateForm))
}
