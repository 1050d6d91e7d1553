package godockerfile

import "testing"

// Any bytes at all: nothing panics, nothing is lost.
func FuzzParse(f *testing.F) {
	for _, source := range []string{
		"", goImage, "\xef\xbb\xbfFROM a", "FROM a\nRUN <<A <<B\n$(x\nA\n", "RUN [\"a\", \n", "\x00\xff\r\n",
		"# escape=`\nFROM a`\n b AS c\nCOPY --from=c --chown= a\nENV A\nONBUILD ONBUILD FROM x\n",
	} {
		f.Add([]byte(source))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		document := mustParse(t, string(source))
		equal(t, "text", document.Text(), string(source))
		equal(t, "tokens", joinTokens(document), string(source))
		document.Walk(func(node Node) bool {
			_ = node.Value()
			return true
		})
		for _, instruction := range document.Instructions() {
			for _, part := range instruction.Parts() {
				equal(t, "instruction", part.Instruction(), instruction)
			}
		}
		for _, command := range document.Commands() {
			_ = command.Words()
		}
		rewrite, err := Fix(document)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "changed", rewrite.Changed(), rewrite.Text() != string(source))
	})
}
