package godockerfile

import (
	"bytes"
	"errors"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

func everything(t testing.TB, document *Document) string {
	var all bytes.Buffer
	document.Walk(func(node Node) bool {
		all.WriteString(node.Kind().String() + node.Value())
		return true
	})
	for _, command := range document.Commands() {
		for _, argument := range command.Arguments() {
			all.WriteString(argument)
		}
	}
	report, err := Check(document)
	if err != nil {
		t.Error(err)
		return ""
	}
	for _, finding := range report.Findings() {
		all.WriteString(finding.Code + finding.Message)
	}
	return all.String()
}

func TestGoroutinesShareADocument(t *testing.T) {
	want := everything(t, mustParse(t, goImage))
	document := mustParse(t, goImage)
	var group sync.WaitGroup
	for i := 0; i < 8; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for round := 0; round < 10; round++ {
				if everything(t, document) != want {
					t.Error("a goroutine read something else")
				}
			}
		}()
	}
	group.Wait()
}

// makeAndRead makes all that reads a document, which may be closed at any moment, and reads it.
func makeAndRead(t *testing.T, document *Document) {
	for _, try := range []func() error{
		func() error {
			build, err := NewBuild(document)
			if err == nil {
				_, err = build.Graph(GraphText)
			}
			return err
		},
		func() error {
			report, err := Check(document)
			if err == nil {
				_, err = report.Render(ReportText)
			}
			return err
		},
		func() error {
			edits, err := NewEdits(document)
			if err == nil {
				_, err = edits.Apply()
			}
			return err
		},
		func() error {
			rewrite, err := Fix(document)
			if err == nil {
				_, err = rewrite.Diff()
			}
			return err
		},
	} {
		if err := try(); err != nil && !errors.Is(err, ErrClosed) {
			t.Error(err)
		}
	}
}

func TestClosingWhileOthersReadIsSafe(t *testing.T) {
	for round := 0; round < 50; round++ {
		document := mustParse(t, goImage)
		nodes := document.NodeCount()
		var group sync.WaitGroup
		for i := 0; i < 4; i++ {
			group.Add(1)
			go func() {
				defer group.Done()
				for document.NodeCount() != 0 {
					document.Walk(func(node Node) bool {
						_ = node.Value()
						return true
					})
					_ = document.Commands()
					makeAndRead(t, document)
				}
			}()
		}
		runtime.Gosched()
		if nodes == 0 || document.Close() != nil {
			t.Error("not closed")
		}
		group.Wait()
	}
}

func TestNodesKeepTheirDocument(t *testing.T) {
	var nodes []Node
	for i := 0; i < 300; i++ {
		document := mustParse(t, "FROM image"+strconv.Itoa(i)+"\n")
		nodes = append(nodes, document.Instruction(0).Node)
	}
	runtime.GC()
	runtime.GC()
	for i, node := range nodes {
		equal(t, "text", node.Children()[1].Value(), "image"+strconv.Itoa(i))
	}
}

func TestUseAfterCloseGivesZeroValues(t *testing.T) {
	document := mustParse(t, goImage)
	build, err := document.Build()
	if err != nil {
		t.Fatal(err)
	}
	report, err := Check(document)
	if err != nil {
		t.Fatal(err)
	}
	edits, err := NewEdits(document)
	if err != nil {
		t.Fatal(err)
	}
	node, stage, command := document.Instruction(0), build.Stages()[0], build.Commands()[0]
	findings := len(report.Findings())
	for _, closer := range []interface{ Close() error }{document, build, report, edits} {
		for times := 1; times <= 2; times++ {
			if err := closer.Close(); err != nil {
				t.Errorf("closing %d times: %v", times, err)
			}
		}
	}
	equal(t, "value", node.Value(), "")
	equal(t, "kind", node.Kind(), NodeNone)
	equal(t, "parts", len(node.Parts()), 0)
	equal(t, "base", stage.Base(), "")
	equal(t, "program", command.Program(), "")
	equal(t, "instructions", len(document.Instructions()), 0)
	equal(t, "findings", len(report.Findings()), findings)
	_, dumpErr := document.Dump(DumpTree)
	_, renderErr := report.Render(ReportText)
	_, applyErr := edits.Apply()
	_, checkErr := Check(document)
	_, editsErr := NewEdits(document)
	_, buildErr := NewBuild(document)
	for i, err := range []error{dumpErr, renderErr, applyErr, checkErr, editsErr, buildErr} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("call %d gives %v", i, err)
		}
	}
}

// A document that is closed while something is made from it is freed after that, not before.
func TestWhatReadsADocumentGoesBeforeIt(t *testing.T) {
	for name, construct := range map[string]func(document *Document, closing Option) (*root, error){
		"build": func(document *Document, closing Option) (*root, error) {
			build, err := NewBuild(document, closing)
			return build.handle(), err
		},
		"report": func(document *Document, closing Option) (*root, error) {
			report, err := Check(document, closing)
			return report.handle(), err
		},
	} {
		document := mustParse(t, goImage)
		reader, err := construct(document, func(*settings) { document.Close() })
		if err != nil {
			t.Fatal(err)
		}
		if users := atomic.LoadInt64(&document.root.state.users); users != 1 {
			t.Errorf("%s: %d users of the closed document", name, users)
		}
		reader.close()
		equal(t, name, atomic.LoadInt64(&document.root.state.users), int64(0))
	}
}

func TestZeroValuesAndForeignNumbersAreHarmless(t *testing.T) {
	var document *Document
	equal(t, "text", document.Text()+document.FileName(), "")
	equal(t, "instructions", len(document.Instructions()), 0)
	equal(t, "stages", len(document.Stages()), 0)
	var instruction Instruction
	equal(t, "value", instruction.Value()+instruction.StageName()+instruction.Text(), "")
	equal(t, "parts", len(instruction.Parts()), 0)
	equal(t, "commands", len(instruction.Commands()), 0)
	equal(t, "children", len(Node{}.Children()), 0)
	equal(t, "part", Part{}.Value()+Part{}.Find(PartImage, -1).Text(), "")
	equal(t, "stage", Stage{}.Name()+Command{}.Text()+Rule{}.Code(), "")
	var report *Report
	equal(t, "findings", len(report.Findings())+report.Dropped(), 0)
	var rewrite *Rewrite
	equal(t, "rewrite", rewrite.Text(), "")
	var edits *Edits
	if err := edits.Remove(instruction); err == nil {
		t.Error("an edit of nothing went well")
	}
	real := mustParse(t, "FROM alpine\n")
	equal(t, "no node", real.Node(-1).IsValid() || real.Node(4000).IsValid(), false)
	equal(t, "no instruction", real.Instruction(-1).IsValid() || real.Instruction(9).IsValid(), false)
	equal(t, "slice", real.Slice(Range{5, 5000})+real.Slice(Range{50, 2}), "alpine\n")
}

func TestClosingADocumentGivesBackItsBuild(t *testing.T) {
	document := mustParse(t, goImage)
	equal(t, "stages", len(document.Stages()), 2)
	document.Close()
	equal(t, "users", atomic.LoadInt64(&document.root.state.users), int64(0))
	equal(t, "stages", len(document.Stages()), 0)
	_, err := document.Build()
	equal(t, "closed", errors.Is(err, ErrClosed), true)
}

// residentPages reads how much memory the process holds, C's included.
func residentPages(t *testing.T) int {
	t.Helper()
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip("needs /proc")
	}
	pages, err := strconv.Atoi(string(bytes.Fields(data)[1]))
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func TestNothingLeaks(t *testing.T) {
	source := bytes.Repeat([]byte(goImage), 20)
	use := func(closed bool) {
		document, err := Parse(source)
		if err != nil {
			t.Fatal(err)
		}
		everything(t, document)
		rewrite, err := Fix(document)
		if err != nil {
			t.Fatal(err)
		}
		if closed {
			rewrite.Close()
			document.Close()
		}
	}
	for _, closed := range []bool{true, false} {
		for i := 0; i < 10; i++ {
			use(closed)
		}
		runtime.GC()
		before := residentPages(t)
		for i := 0; i < 300; i++ {
			use(closed)
			if i%10 == 0 {
				runtime.GC()
			}
		}
		grown := (residentPages(t) - before) * os.Getpagesize()
		if grown > 40<<20 {
			t.Errorf("closed=%v: %d bytes more than before", closed, grown)
		}
	}
}
