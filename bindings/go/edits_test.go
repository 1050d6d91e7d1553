package godockerfile

import (
	"errors"
	"testing"
)

func TestAFlagHasAValueOrNone(t *testing.T) {
	text := "link"
	for name, test := range map[string]struct {
		set  func(edits *Edits, copied Instruction) error
		want string
	}{
		"a value":     {func(e *Edits, i Instruction) error { return e.SetFlag(i, "link", "a") }, "--link=a"},
		"no constant": {func(e *Edits, i Instruction) error { return e.SetFlag(i, "link", text[:0]) }, "--link="},
		"nothing":     {func(e *Edits, i Instruction) error { return e.SetFlag(i, "link", "") }, "--link="},
		"no value":    {func(e *Edits, i Instruction) error { return e.SetBareFlag(i, "link") }, "--link"},
	} {
		document := mustParse(t, "COPY a /a\n")
		edits, err := NewEdits(document)
		if err != nil {
			t.Fatal(err)
		}
		if err := test.set(edits, document.Instruction(0)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got, err := edits.Apply()
		if err != nil {
			t.Error(err)
		}
		equal(t, name, got, "COPY "+test.want+" a /a\n")
	}
}

func TestEditsOfOtherDocumentsAreRefused(t *testing.T) {
	document, other := mustParse(t, "COPY a /a\n"), mustParse(t, "COPY a /a\n")
	edits, err := NewEdits(document)
	if err != nil {
		t.Fatal(err)
	}
	for i, err := range []error{
		edits.SetBareFlag(other.Instruction(0), "link"),
		edits.SetPart(other.Instruction(0).Sources()[0], "b"),
		edits.Remove(other.Instruction(0)),
	} {
		if !errors.Is(err, ErrArgument) {
			t.Errorf("edit %d gives %v", i, err)
		}
	}
}
