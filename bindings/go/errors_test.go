package godockerfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestErrorsAreComparedByTheirCode(t *testing.T) {
	_, err := Parse(nil, WithNumber(OptionMaxFindings, 0))
	equal(t, "is", errors.Is(err, ErrArgument), true)
	equal(t, "is another", errors.Is(err, ErrConflict), false)
	wrapped := fmt.Errorf("reading: %w", err)
	equal(t, "wrapped", errors.Is(wrapped, ErrArgument), true)
	var of *Error
	equal(t, "as", errors.As(wrapped, &of), true)
	equal(t, "code", of.Code, CodeArgument)
	// The chain of the target is not searched.
	equal(t, "wrapped target", errors.Is(err, fmt.Errorf("other: %w", ErrArgument)), false)
}

func TestErrorsNameWhatWasWrong(t *testing.T) {
	document := mustParse(t, "FROM alpine:3.20\n")
	edits, err := NewEdits(document)
	if err != nil {
		t.Fatal(err)
	}
	project, err := NewProject()
	if err != nil {
		t.Fatal(err)
	}
	last := func(_ interface{}, err error) error { return err }
	for want, err := range map[string]error{
		"max-findings":    last(Parse(nil, WithNumber(OptionMaxFindings, 0))),
		"now":             last(Parse(nil, WithNow(time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC)))),
		"image alpine":    last(Parse(nil, WithImageConfig("alpine", "no json"))),
		"no-such-profile": last(NewRuleSet("no-such-profile")),
		"rule NONE1":      last(Fix(document, WithFixRule("NONE1"))),
		"tag":             edits.SetImageTag(document.Instruction(0), "a b"),
		"/no/such/folder": project.AddDirectory("/no/such/folder"),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
}

func TestADirectoryThatCannotBeReadSaysWhy(t *testing.T) {
	project, err := NewProject()
	if err != nil {
		t.Fatal(err)
	}
	err = project.AddDirectory("/no/such/folder")
	equal(t, "code", errors.Is(err, ErrIO), true)
	equal(t, "cause", errors.Is(err, fs.ErrNotExist), true)
	var path *fs.PathError
	equal(t, "path", errors.As(err, &path) && path.Path == "/no/such/folder", true)
}

func TestAnUnknownFormatIsABadArgument(t *testing.T) {
	document := mustParse(t, "FROM alpine\n")
	build, err := document.Build()
	if err != nil {
		t.Fatal(err)
	}
	report, err := Check(document)
	if err != nil {
		t.Fatal(err)
	}
	_, dumpErr := document.Dump(99)
	_, graphErr := build.Graph(99)
	_, renderErr := report.Render(99)
	for i, err := range []error{dumpErr, graphErr, renderErr} {
		if !errors.Is(err, ErrArgument) {
			t.Errorf("call %d gives %v", i, err)
		}
	}
}

func TestAFileOfADirectoryThatCannotBeReadIsNamed(t *testing.T) {
	project, err := NewProject()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "go.mod")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 1<<25); err != nil {
		t.Fatal(err)
	}
	err = project.AddDirectory(folder)
	if !errors.Is(err, ErrIO) || !strings.Contains(err.Error(), path) {
		t.Errorf("%v does not name %s", err, path)
	}
}
