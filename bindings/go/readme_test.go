package godockerfile

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const moduleOfReadme = `module readme

go 1.19

require github.com/godockerfile/libgodockerfile/bindings/go v0.1.0

replace github.com/godockerfile/libgodockerfile/bindings/go => `

const importsOfReadme = `package main

import (
	"fmt"

	godockerfile "github.com/godockerfile/libgodockerfile/bindings/go"
)

`

// What stands around a program of a README: nothing, a main, or a function with a main.
func wholeProgram(code string) string {
	switch {
	case strings.HasPrefix(code, "package "):
		return code
	case strings.HasPrefix(code, "func show("):
		return importsOfReadme + code + `
func main() {
	if err := show([]byte("FROM golang:1.22\nRUN go build\n")); err != nil {
		panic(err)
	}
}
`
	}
	return importsOfReadme + "func show() error {\n" + code + `	return nil
}

func main() {
	if err := show(); err != nil {
		panic(err)
	}
}
`
}

// The programs of the README files run as they stand.
func TestReadmePrograms(t *testing.T) {
	if _, err := os.Stat("../../README.md"); err != nil {
		t.Skip("not in a checkout")
	}
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?ms)^```go\n(.*?)^```")
	for readme, printed := range map[string]string{
		"../../README.md": "1 STG001 ",
		"../README.md":    "RUN go build\n",
		"README.md":       "0 build golang:1.22",
	} {
		text, err := os.ReadFile(readme)
		if err != nil {
			t.Fatal(err)
		}
		program := blocks.FindSubmatch(text)
		if program == nil {
			t.Fatalf("%s: no Go program", readme)
		}
		folder := t.TempDir()
		for name, content := range map[string]string{
			"go.mod":     moduleOfReadme + here + "\n",
			"main.go":    wholeProgram(string(program[1])),
			"Dockerfile": "FROM golang:1.22 AS build\nRUN go build -a .\n",
		} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		run := exec.Command("go", "run", ".")
		run.Dir = folder
		output, err := run.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v: %s", readme, err, output)
		} else if !strings.Contains(string(output), printed) {
			t.Errorf("%s prints %s", readme, output)
		}
	}
}
