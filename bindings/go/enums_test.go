package godockerfile

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"
)

// Every enum that has names in C has the same names here.
func TestEnumsHaveTheNamesOfTheLibrary(t *testing.T) {
	check := func(what string, inC func(int) string, names map[int]string) {
		t.Helper()
		for value, name := range names {
			if value != 0 {
				equal(t, what, name, inC(value))
			}
		}
		equal(t, what+" past the end", inC(30000), "")
	}
	check("instruction", capi.Gdf_instruction_kind_name, plain(instructionKindNames))
	check("node", capi.Gdf_node_kind_name, plain(nodeKindNames))
	check("token", capi.Gdf_token_kind_name, plain(tokenKindNames))
	check("part", capi.Gdf_part_kind_name, plain(partKindNames))
	check("severity", capi.Gdf_severity_name, plain(severityNames))
	check("fix class", capi.Gdf_fix_class_name, plain(fixClassNames))
	check("option", capi.Gdf_option_get_name, plain(optionIDNames))
	equal(t, "foreign", NodeKind(30000).String(), "NodeKind(30000)")
}

func plain[T ~int](names map[T]string) map[int]string {
	converted := map[int]string{}
	for value, name := range names {
		converted[int(value)] = name
	}
	return converted
}

func TestTheVersionIsThatOfTheHeaders(t *testing.T) {
	equal(t, "version", Version(), capi.GDF_VERSION_STRING)
}

func TestTheGeneratedFilesAreUpToDate(t *testing.T) {
	if _, err := os.Stat("../swig/generate.py"); err != nil {
		t.Skip("not in a checkout")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3")
	}
	output, err := exec.Command(python, "../swig/generate.py", "--check").CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, strings.TrimSpace(string(output)))
	}
}
