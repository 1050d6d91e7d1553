package godockerfile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const goImage = `# syntax=docker/dockerfile:1
ARG GO_VERSION=1.25

FROM golang:${GO_VERSION} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app ./cmd/app && echo "déjà vu"

FROM scratch
COPY --from=build --chown=1000:1000 /app /app
ENV MODE=production DEBUG=
EXPOSE 8080/tcp 9090
USER 1000:1000
ENTRYPOINT ["/app", "--serve"]
`

func TestAnyBytesAreKept(t *testing.T) {
	source := "FROM alpine\nRUN \xff\x00\xfe\n"
	document := mustParse(t, source)
	equal(t, "text", document.Text(), source)
	equal(t, "instruction", document.Instruction(1).Text(), "RUN \xff\x00\xfe")
}

func TestParseFileNamesTheDocument(t *testing.T) {
	path := filepath.Join(t.TempDir(), "Dockerfile")
	if err := os.WriteFile(path, []byte("FROM alpine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	document, err := ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "name", document.FileName(), path)
	if _, err = ParseFile(path + ".none"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file gives %v", err)
	}
}

func TestLines(t *testing.T) {
	document := mustParse(t, "# escape=`\r\nFROM alpine\r\n")
	equal(t, "line end", document.LineEnd(), "\r\n")
	equal(t, "escape", document.Escape(), byte('`'))
	equal(t, "count", document.LineCount(), 3)
	equal(t, "line", document.Line(2), "FROM alpine")
	equal(t, "no line", document.Line(0)+document.Line(4), "")
}

func TestColumnsCountInTheUnitAskedFor(t *testing.T) {
	source := "FROM alpine\nRUN é🙂 x\n"
	document := mustParse(t, source)
	offset := uint32(strings.Index(source, "x"))
	for unit, column := range map[ColumnUnit]uint32{
		ColumnBytes: 12, ColumnCodePoints: 8, ColumnUTF16: 9,
	} {
		equal(t, unit.String(), document.Position(offset, unit), Position{2, column})
		equal(t, unit.String(), document.Offset(Position{2, column}, unit), offset)
	}
}

func TestNodesAreComparableAndFormATree(t *testing.T) {
	document := mustParse(t, "FROM alpine\nRUN true\n")
	seen := map[Node]bool{}
	document.Walk(func(node Node) bool {
		seen[node] = true
		for _, child := range node.Children() {
			if child.Parent() != node {
				t.Errorf("parent of %v is not %v", child.Text(), node.Text())
			}
		}
		return true
	})
	equal(t, "nodes", len(seen), document.NodeCount())
	below := 0
	document.Root().Walk(func(Node) bool { below++; return true })
	equal(t, "walked", below, document.NodeCount())
	equal(t, "found", document.NodeAt(6), document.Instruction(0).Children()[1])
	if document.Root().Parent().IsValid() {
		t.Error("the root has a parent")
	}
}

func TestWalkStopsWhenAsked(t *testing.T) {
	document := mustParse(t, "FROM alpine\nRUN true\n")
	visited := 0
	document.Walk(func(Node) bool { visited++; return visited < 2 })
	equal(t, "visited", visited, 2)
}

func TestInstructionViews(t *testing.T) {
	document := mustParse(t, goImage)
	instructions := document.Instructions()
	equal(t, "arg", instructions[0].Pairs()[0].Value, "1.25")
	from := instructions[1]
	image, ok := from.Image()
	equal(t, "image", ok, true)
	equal(t, "repository", image.Repository, "golang")
	equal(t, "tag", image.Tag, "${GO_VERSION}")
	equal(t, "stage", from.StageName(), "build")
	equal(t, "keyword", from.Keyword(), "FROM")
	equal(t, "workdir", instructions[2].Paths(), []string{"/src"})
	mount, ok := instructions[4].Flag("mount")
	equal(t, "mount", ok, true)
	equal(t, "options", mount.Options, map[string]string{"type": "cache", "target": "/go/pkg/mod"})
	copied := instructions[8]
	equal(t, "source", copied.Sources()[0].Value(), "/app")
	equal(t, "destination", copied.Destination().Value(), "/app")
	equal(t, "flags", len(copied.InstructionFlags()), 2)
	ports := instructions[10].Ports()
	equal(t, "port", ports[0].Number+"/"+ports[0].Protocol, "8080/tcp")
	equal(t, "user", instructions[11].User()+":"+instructions[11].Group(), "1000:1000")
	equal(t, "exec form", instructions[12].IsExecForm(), true)
	equal(t, "arguments", instructions[12].Arguments(), []string{"/app", "--serve"})
	if _, ok := copied.Flag("chmod"); ok {
		t.Error("there is no --chmod")
	}
}

func TestTriggersAndHeredocs(t *testing.T) {
	document := mustParse(t, "FROM alpine\nONBUILD COPY a /a\nRUN <<END\necho\nEND\n")
	trigger, ok := document.Instruction(1).Trigger()
	equal(t, "trigger", ok, true)
	equal(t, "kind", trigger.InstructionKind(), InstructionCopy)
	heredocs := document.Instruction(2).Heredocs()
	equal(t, "heredocs", len(heredocs), 1)
	equal(t, "name", heredocs[0].Value(), "END")
}

func TestBuild(t *testing.T) {
	document := mustParse(t, goImage)
	build, err := document.Build()
	if err != nil {
		t.Fatal(err)
	}
	stages := build.Stages()
	equal(t, "stages", len(stages), 2)
	equal(t, "base", stages[0].Base(), "golang:1.25")
	equal(t, "target", build.Target(), stages[1])
	equal(t, "by name", build.FindStage("BUILD"), stages[0])
	equal(t, "by index", build.FindStage("0"), stages[0])
	equal(t, "none", build.FindStage("none").IsValid(), false)
	equal(t, "environment", stages[1].Environment(), map[string]string{"MODE": "production", "DEBUG": ""})
	equal(t, "first", stages[1].Instructions()[0], stages[1].Instruction())
	commands := build.Commands()
	equal(t, "program", commands[1].Program(), "go")
	equal(t, "arguments", commands[1].Arguments(), []string{"go", "build", "-o", "/app", "./cmd/app"})
	equal(t, "assignment", commands[1].Words()[0].Role, WordAssignment)
	equal(t, "operator", commands[2].Operator(), OperatorAnd)
	equal(t, "text", commands[2].Text(), `echo "déjà vu"`)
	equal(t, "of one", commands[2].Instruction().Commands(), commands[1:3])
	equal(t, "understood", build.IsShellUnderstood(commands[2].Instruction()), true)
	other, err := NewBuild(document, WithBuildArg("GO_VERSION", "1.24"), WithTarget("build"))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "other base", other.Stages()[0].Base(), "golang:1.24")
	equal(t, "other target", other.Target().Name(), "build")
}

func TestCheckAndFix(t *testing.T) {
	const source = "FROM alpine as base\nRUN true\n"
	document := mustParse(t, source, WithFileName("web"))
	rules := WithRuleSet(onlyRules(t, "CHK002"))
	report, err := Check(document, rules)
	if err != nil {
		t.Fatal(err)
	}
	findings := report.Findings()
	equal(t, "findings", len(findings), 1)
	finding := findings[0]
	equal(t, "code", finding.Code, "CHK002")
	equal(t, "severity", finding.Severity, SeverityWarning)
	equal(t, "position", finding.Position, Position{1, 1})
	equal(t, "worst", report.Worst(), SeverityWarning)
	equal(t, "class", finding.Fixes[0].Class, FixSafe)
	change := finding.Fixes[0].Edits[0]
	equal(t, "edit", document.Slice(change.Range)+" "+change.Text, "as AS")
	text, err := report.Render(ReportText)
	if err != nil || !strings.Contains(text, "CHK002") || !strings.Contains(text, "web") {
		t.Errorf("rendered %q, %v", text, err)
	}

	rewrite, err := Fix(document, rules)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "original", rewrite.Original(), source)
	equal(t, "text", rewrite.Text(), "FROM alpine AS base\nRUN true\n")
	equal(t, "applied", rewrite.Applied()[0].Rule, finding.Rule)
	equal(t, "withheld", len(rewrite.Withheld()), 0)
	diff, err := rewrite.Diff()
	if err != nil || !strings.Contains(diff, "-FROM alpine as base\n+FROM alpine AS base\n") {
		t.Errorf("diff %q, %v", diff, err)
	}
}

func TestRules(t *testing.T) {
	rule, ok := FindRule("FromAsCasing")
	equal(t, "found", ok, true)
	equal(t, "code", rule.Code(), "CHK002")
	equal(t, "severity", rule.Severity(), SeverityWarning)
	equal(t, "fix", rule.FixClass(), FixSafe)
	if len(Rules()) < 20 || rule.Summary() == "" || len(rule.Aliases()) == 0 {
		t.Error("the catalogue is not complete")
	}
	if _, ok := FindRule("no such rule"); ok {
		t.Error("a rule that does not exist was found")
	}
	rules, err := NewRuleSet("base")
	if err != nil {
		t.Fatal(err)
	}
	if err := rules.SetSeverity("CHK002", SeverityError); err != nil {
		t.Fatal(err)
	}
	equal(t, "set severity", rules.Severity(rule), SeverityError)
	if err := rules.Disable("CHK002"); err != nil || rules.IsEnabled(rule) {
		t.Errorf("not disabled: %v", err)
	}
}

func TestProject(t *testing.T) {
	project, err := NewProject()
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range map[string]string{"go.mod": "module example.org/app\n", ".dockerignore": "bin\n"} {
		if err := project.AddFile(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "files", len(project.Files()), 2)
	equal(t, "has", project.HasFile("go.mod") && !project.HasFile("go.sum"), true)
	equal(t, "content", project.Content("go.mod"), "module example.org/app\n")
	equal(t, "ignore file", project.IgnoreFile("Dockerfile"), ".dockerignore")
	if _, err := Check(mustParse(t, goImage), WithProject(project)); err != nil {
		t.Error(err)
	}
	if err := project.AddDirectory(filepath.Join(t.TempDir(), "none")); !errors.Is(err, ErrIO) {
		t.Errorf("a missing directory gives %v", err)
	}
	if err := project.AddDirectory("a\x00b"); !errors.Is(err, ErrArgument) {
		t.Errorf("a NUL in a name gives %v", err)
	}
}

func TestFacts(t *testing.T) {
	if _, err := time.Parse("2006-01-02", FactsDate()); err != nil {
		t.Error(err)
	}
	if day, ok := EndOfLife("alpine:3.10"); !ok || day.Year() < 2020 || day.Year() > 2022 {
		t.Errorf("alpine 3.10 ends %v, %v", day, ok)
	}
	if _, ok := EndOfLife("no-such-image"); ok {
		t.Error("an unknown image has an end")
	}
	if text, err := SuggestReference("no-such-image:1"); text != "" || err != nil {
		t.Errorf("suggested %q, %v", text, err)
	}
}

func TestErrors(t *testing.T) {
	if _, err := Parse(nil, WithNumber(OptionMaxDocumentSize, 0)); !errors.Is(err, ErrArgument) {
		t.Errorf("an option out of range gives %v", err)
	}
	if _, err := NewRuleSet("no such profile"); !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown profile gives %v", err)
	}
	document := mustParse(t, "FROM alpine\n")
	edits, err := NewEdits(document)
	if err != nil {
		t.Fatal(err)
	}
	if err := edits.Replace(Range{0, 4}, "from"); err != nil {
		t.Fatal(err)
	}
	err = edits.Replace(Range{1, 2}, "x")
	if !errors.Is(err, ErrConflict) || errors.Is(err, ErrLimit) {
		t.Errorf("overlapping edits give %v", err)
	}
	if err := edits.Replace(Range{3, 5000}, ""); !errors.Is(err, ErrArgument) {
		t.Errorf("a range outside gives %v", err)
	}
	if err := edits.Remove(mustParse(t, "FROM a\n").Instruction(0)); !errors.Is(err, ErrArgument) {
		t.Errorf("a foreign node gives %v", err)
	}
	if err := edits.SetFlag(document.Instruction(0), "a\x00b", ""); !errors.Is(err, ErrArgument) {
		t.Errorf("a NUL in a name gives %v", err)
	}
	var typed *Error
	if !errors.As(err, &typed) || typed.Code != CodeConflict || typed.Error() == "" {
		t.Errorf("not an *Error: %v", err)
	}
}

func TestDirectivesHaveLowerCaseNames(t *testing.T) {
	document := mustParse(t, "# Syntax=docker/dockerfile:1\n# escape=`\nFROM alpine\n")
	directives := document.Directives()
	equal(t, "count", len(directives), 2)
	equal(t, "syntax", directives["syntax"], "docker/dockerfile:1")
	equal(t, "escape", directives["escape"], "`")
}

func TestValuesOfFlags(t *testing.T) {
	document := mustParse(t, "FROM --platform=linux/arm64 alpine\n"+
		"RUN --mount=type=cache,target=/c --network=none --mount=type=tmpfs true\n"+
		"COPY --from=build a b\nHEALTHCHECK --retries=2 CMD true\nHEALTHCHECK NONE\n")
	at := document.Instruction
	equal(t, "platform", at(0).Platform()+at(1).Platform(), "linux/arm64")
	equal(t, "from", at(2).SourceStage()+at(0).SourceStage(), "build")
	equal(t, "types", at(3).HealthcheckType()+" "+at(4).HealthcheckType(), "CMD NONE")
	mounts := at(1).Mounts()
	equal(t, "mounts", len(mounts), 2)
	equal(t, "target", mounts[0]["target"]+" "+mounts[1]["type"], "/c tmpfs")
}

func TestARuleSetOfSomeRules(t *testing.T) {
	rules, err := NewRuleSetOf("CHK002", "StageNameCasing")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, rule := range rules.Enabled() {
		codes = append(codes, rule.Code())
	}
	equal(t, "codes", strings.Join(codes, " "), "CHK001 CHK002")
	_, err = NewRuleSetOf("NONE1")
	equal(t, "unknown", errors.Is(err, ErrUnknown), true)
}
