//go:build go1.24

package godockerfile

import "testing"

func TestIterators(t *testing.T) {
	document := mustParse(t, goImage)
	count := 0
	for node := range document.All() {
		if !node.IsValid() {
			t.Error("not a node")
		}
		count++
	}
	equal(t, "nodes", count, document.NodeCount())
	for node := range document.Root().All() {
		equal(t, "first", node, document.Root())
		break
	}
	for index, instruction := range document.AllInstructions() {
		equal(t, "instruction", instruction, document.Instruction(index))
	}
	report, err := Check(document)
	if err != nil {
		t.Fatal(err)
	}
	for index, finding := range report.AllFindings() {
		equal(t, "finding", finding.Code, report.Findings()[index].Code)
	}
}
