package godockerfile

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The example programs of examples/go do what they say.
func TestPrograms(t *testing.T) {
	const programs = "../../examples/go"
	if _, err := os.Stat(programs); err != nil {
		t.Skip("not in a checkout")
	}
	folder := t.TempDir()
	build := exec.Command("go", "build", "-o", folder, "./...")
	build.Dir = programs
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	dockerfile := filepath.Join(folder, "Dockerfile")
	source := "FROM alpine:3.10 AS base\n\nFROM base AS Old\nFROM  golang:1.25   AS build\nFROM scratch\n"
	if err := os.WriteFile(dockerfile, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(program string, arguments ...string) string {
		t.Helper()
		output, err := exec.Command(filepath.Join(folder, program), arguments...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v: %s", program, err, output)
		}
		return string(output)
	}

	lines := strings.Split(run("list_base_images", dockerfile), "\n")
	equal(t, "lines", len(lines), 3)
	equal(t, "first", strings.HasPrefix(lines[0], dockerfile+":1: alpine:3.10 (support ended 2"), true)
	equal(t, "second", strings.HasPrefix(lines[1], dockerfile+":4: golang:1.25"), true)

	run("pin_image", "-w", dockerfile, "golang", "1.26")
	digest := "sha256:" + strings.Repeat("a", 64)
	want := strings.Replace(source, "1.25", "1.26", 1)
	equal(t, "pinned", run("pin_image", dockerfile, "alpine", digest),
		strings.Replace(want, "3.10", "3.10@"+digest, 1))
	output, err := exec.Command(filepath.Join(folder, "pin_image"), dockerfile, "nothing", "1").CombinedOutput()
	if err == nil {
		t.Errorf("an image that is not there is pinned: %s", output)
	}
}
