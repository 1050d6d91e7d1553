package godockerfile

import (
	"errors"
	"strings"
	"testing"
)

const expansionText = `ARG V=1.25
FROM golang:${V}-alpine
ENV PORTS="80 443"
EXPOSE $PORTS
COPY --from=$V a b
`

func expansionBuild(t *testing.T, options ...Option) (*Build, *Document) {
	t.Helper()
	document := mustParse(t, expansionText)
	build, err := NewBuild(document, options...)
	if err != nil {
		t.Fatal(err)
	}
	return build, document
}

func mustExpand(t *testing.T, build *Build, part Part) Expansion {
	t.Helper()
	expansion, err := build.Expand(part)
	if err != nil {
		t.Fatal(err)
	}
	return expansion
}

func TestAPartExpandsInItsPlace(t *testing.T) {
	build, document := expansionBuild(t)
	image := document.Instruction(1).Find(PartImage, 0)
	equal(t, "mode", image.ExpansionMode(), ExpansionWord)
	expansion := mustExpand(t, build, image)
	equal(t, "text", expansion.Text, "golang:1.25-alpine")
	equal(t, "certain", expansion.IsCertain, true)
	equal(t, "references", len(expansion.References), 1)
	reference := expansion.References[0]
	equal(t, "range", document.Slice(reference.Range), "${V}")
	equal(t, "name", reference.Name, "V")
	equal(t, "value", reference.Value, "1.25")
	equal(t, "state", reference.State, VariableSet)
	equal(t, "origin", reference.Origin, OriginArgDefault)
	equal(t, "origin part", reference.OriginPart.Text(), "V=1.25")
}

func TestExposeGivesWords(t *testing.T) {
	build, document := expansionBuild(t)
	expansion := mustExpand(t, build, document.Instruction(3).Find(PartPort, 0))
	equal(t, "mode", expansion.Mode, ExpansionWords)
	equal(t, "words", strings.Join(expansion.Words, "|"), "80|443")
}

func TestRefusalsAreTexts(t *testing.T) {
	build, document := expansionBuild(t)
	expansion := mustExpand(t, build, document.Instruction(4).Find(PartFlagValue, 0))
	equal(t, "mode", expansion.Mode, ExpansionRefused)
	equal(t, "error", strings.HasPrefix(expansion.Error, "variable expansion is not supported"), true)
}

func TestAnyTextAndAnyVariable(t *testing.T) {
	build, document := expansionBuild(t, WithBuildArg("V", "2"))
	expansion, err := build.ExpandText("<$V>", document.Instruction(1))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "text", expansion.Text, "<2>")
	variable := build.Variable("V", document.Instruction(1))
	equal(t, "origin", variable.Origin, OriginBuildArgument)
	equal(t, "origin part", variable.OriginPart.IsValid(), false)
	equal(t, "declaration", variable.Declaration.Text(), "V=1.25")
}

func TestPartsOfAnotherDocumentAreRefused(t *testing.T) {
	build, _ := expansionBuild(t)
	other := mustParse(t, expansionText)
	if _, err := build.Expand(other.Instruction(1).Find(PartImage, 0)); !errors.Is(err, ErrArgument) {
		t.Errorf("a part: %v", err)
	}
	if _, err := build.ExpandText("a", other.Instruction(1)); !errors.Is(err, ErrArgument) {
		t.Errorf("a text: %v", err)
	}
	if _, err := build.CopySources(nil, other.Instruction(1)); !errors.Is(err, ErrArgument) {
		t.Errorf("sources: %v", err)
	}
	equal(t, "variable", build.Variable("V", other.Instruction(1)).State, VariableUnset)
}

func TestAClosedBuildExpandsNothing(t *testing.T) {
	build, document := expansionBuild(t)
	build.Close()
	if _, err := build.Expand(document.Instruction(1).Find(PartImage, 0)); !errors.Is(err, ErrClosed) {
		t.Errorf("Expand: %v", err)
	}
	if _, err := build.Graph(GraphText); !errors.Is(err, ErrClosed) {
		t.Errorf("Graph: %v", err)
	}
}

func TestGraph(t *testing.T) {
	build, err := NewBuild(mustParse(t, "FROM scratch AS a\nFROM scratch\nCOPY --from=a /x /\n"))
	if err != nil {
		t.Fatal(err)
	}
	for format, start := range map[GraphFormat]string{
		GraphText: "0 a\n", GraphJSON: `{"file":`, GraphDot: "digraph",
	} {
		text, err := build.Graph(format)
		if err != nil || !strings.HasPrefix(text, start) {
			t.Errorf("%v: %q, %v", format, text, err)
		}
	}
	if _, err := build.Graph(99); !errors.Is(err, ErrArgument) {
		t.Errorf("an unknown format: %v", err)
	}
}
