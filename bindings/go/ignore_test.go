package godockerfile

import "testing"

func mustParseIgnore(t *testing.T, text string) *IgnoreFile {
	t.Helper()
	ignore, err := ParseIgnoreFile([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return ignore
}

func TestIgnorePatterns(t *testing.T) {
	text := "# logs\n*.log\n! /keep.log \n"
	ignore := mustParseIgnore(t, text)
	defer ignore.Close()
	patterns := ignore.Patterns()
	equal(t, "count", len(patterns), 2)
	equal(t, "first", patterns[0], IgnorePattern{"*.log", false, Range{7, 12}, 2})
	equal(t, "exception", patterns[1].IsException, true)
	equal(t, "range", text[patterns[1].Range.Start:patterns[1].Range.End], "! /keep.log")
}

func TestTheLastMatchDecides(t *testing.T) {
	ignore := mustParseIgnore(t, "*.log\n!keep.log\n")
	equal(t, "a.log", ignore.Match("a.log"), true)
	equal(t, "keep.log", ignore.Match("keep.log"), false)
	pattern, found := ignore.Deciding("keep.log")
	equal(t, "found", found, true)
	equal(t, "pattern", pattern.Text, "keep.log")
	_, found = ignore.Deciding("main.go")
	equal(t, "main.go", found, false)
}

func TestAnIgnoreFileThatTheBuilderRefuses(t *testing.T) {
	ignore := mustParseIgnore(t, "a\n!\n")
	equal(t, "refusal", ignore.Refusal(), `illegal exclusion pattern: "!"`)
	equal(t, "a", ignore.Match("a"), false)
}

func TestAClosedIgnoreFileIsNeutral(t *testing.T) {
	ignore := mustParseIgnore(t, "a\n")
	ignore.Close()
	equal(t, "a", ignore.Match("a"), false)
	equal(t, "patterns", len(ignore.Patterns()), 0)
	_, found := ignore.Deciding("a")
	equal(t, "deciding", found, false)
}

func TestFilesOfACopy(t *testing.T) {
	project, err := NewProject()
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range map[string]string{
		"go.mod": "", "go.sum": "", "cmd/main.go": "", ".dockerignore": "go.sum",
	} {
		if err := project.AddFile(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	document := mustParse(t, "FROM scratch\nCOPY go.* c?d none /\n")
	build, err := NewBuild(document)
	if err != nil {
		t.Fatal(err)
	}
	found, err := build.CopySources(project, document.Instruction(1))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "files", len(found.Files), 2)
	equal(t, "first", found.Files[0].Path, "cmd/main.go")
	equal(t, "its source", found.Files[0].Source.Text, "c?d")
	equal(t, "second", found.Files[1].Path, "go.mod")
	missing := found.Missing()
	equal(t, "missing", len(missing), 1)
	equal(t, "it", missing[0].Part.Text(), "none")
	equal(t, "required", missing[0].IsRequired, true)
	project.Close()
	if _, err := build.CopySources(project, document.Instruction(1)); err != ErrClosed {
		t.Errorf("a closed project: %v", err)
	}
}

func TestTheIgnoreFileOfADockerfileWhoseNameIsNotItsPlaceInTheContext(t *testing.T) {
	project, err := NewProject()
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range map[string]string{"secret": "", "deploy/Dockerfile.dockerignore": "secret\n"} {
		if err := project.AddFile(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	document := mustParse(t, "FROM scratch\nCOPY secret /\n",
		WithFileName("/home/build/deploy/Dockerfile"), WithContextPath("deploy/Dockerfile"))
	build, err := NewBuild(document)
	if err != nil {
		t.Fatal(err)
	}
	sources, err := build.CopySources(project, document.Instructions()[1])
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "missing", len(sources.Missing()), 1)
}
