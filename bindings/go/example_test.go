package godockerfile_test

import (
	"errors"
	"fmt"
	"log"

	godockerfile "github.com/godockerfile/libgodockerfile/bindings/go"
)

const source = `FROM golang:1.22 as build
RUN go build -o /app ./cmd/app && strip /app

FROM scratch
COPY --from=build /app /app
`

func parse() *godockerfile.Document {
	document, err := godockerfile.Parse([]byte(source))
	if err != nil {
		log.Fatal(err)
	}
	return document
}

func ExampleParse() {
	for _, instruction := range parse().Instructions() {
		fmt.Println(instruction.FirstLine(), instruction.InstructionKind())
	}
	// Output:
	// 1 FROM
	// 2 RUN
	// 4 FROM
	// 5 COPY
}

func ExampleDocument_Stages() {
	for _, stage := range parse().Stages() {
		fmt.Printf("%d %q on %s\n", stage.Index(), stage.Name(), stage.Base())
	}
	// Output:
	// 0 "build" on golang:1.22
	// 1 "" on scratch
}

func ExampleDocument_Commands() {
	for _, command := range parse().Commands() {
		fmt.Println(command.Operator(), command.Arguments())
	}
	// Output:
	// none [go build -o /app ./cmd/app]
	// and [strip /app]
}

func ExampleCheck() {
	rules, err := godockerfile.NewRuleSet("buildkit")
	if err != nil {
		log.Fatal(err)
	}
	report, err := godockerfile.Check(parse(), godockerfile.WithRuleSet(rules))
	if err != nil {
		log.Fatal(err)
	}
	for _, finding := range report.Findings() {
		fmt.Println(finding.Position.Line, finding.Code, finding.Rule.Name())
	}
	// Output:
	// 1 CHK002 FromAsCasing
}

func ExampleFix() {
	rewrite, err := godockerfile.Fix(parse(), godockerfile.WithFixRule("FromAsCasing"))
	if err != nil {
		log.Fatal(err)
	}
	for _, applied := range rewrite.Applied() {
		fmt.Println(applied.Rule.Code(), applied.Class)
	}
	// Output:
	// CHK002 safe
}

func ExampleEdits() {
	document, err := godockerfile.Parse([]byte("FROM golang:1.22\n"))
	if err != nil {
		log.Fatal(err)
	}
	edits, err := godockerfile.NewEdits(document)
	if err != nil {
		log.Fatal(err)
	}
	from := document.Instruction(0)
	if err := edits.SetImageTag(from, "1.25"); err != nil {
		log.Fatal(err)
	}
	err = edits.SetImageTag(from, "1.26")
	fmt.Println("twice:", errors.Is(err, godockerfile.ErrConflict))
	text, err := edits.Apply()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(text)
	// Output:
	// twice: true
	// FROM golang:1.25
}

func ExampleParse_broken() {
	document, err := godockerfile.Parse([]byte("FROM alpine\nRUNN true\n"))
	fmt.Println(err)
	for _, problem := range document.Problems() {
		fmt.Println(problem.Message)
		fmt.Printf("%q\n", document.Slice(problem.Range))
	}
	// Output:
	// <nil>
	// dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)
	// "RUNN"
}

func ExampleInstruction_Image() {
	for _, stage := range parse().Stages() {
		if image, ok := stage.Instruction().Image(); ok {
			fmt.Printf("%s: repository %q, tag %q\n", image.Reference, image.Repository, image.Tag)
		}
	}
	// Output:
	// golang:1.22: repository "golang", tag "1.22"
	// scratch: repository "scratch", tag ""
}

func ExampleInstruction_FindAll() {
	document, err := godockerfile.Parse([]byte("COPY --chown=10:20 go.mod go.sum /src/\n"))
	if err != nil {
		log.Fatal(err)
	}
	for _, part := range document.Instruction(0).FindAll(godockerfile.PartSource) {
		fmt.Println(part.Value(), part.Range())
	}
	fmt.Println(document.Instruction(0).Find(godockerfile.PartGroupName, 0).Value())
	// Output:
	// go.mod {19 25}
	// go.sum {26 32}
	// 20
}

func ExampleDocument_Walk() {
	parse().Walk(func(node godockerfile.Node) bool {
		if node.Kind() == godockerfile.NodeFlag {
			fmt.Println(node.Position().Line, node.Value())
		}
		return true
	})
	// Output:
	// 5 --from=build
}

func ExampleBuild_Edges() {
	build, err := parse().Build()
	if err != nil {
		log.Fatal(err)
	}
	for _, edge := range build.Edges() {
		fmt.Println(edge.Stage.Index(), edge.Kind, edge.Reference, edge.Source.IsValid())
	}
	// Output:
	// 0 base golang:1.22 false
	// 1 copy build true
}

func ExampleBuild_Expand() {
	document, err := godockerfile.Parse([]byte("ARG GO=1.22\nFROM golang:${GO}\n"))
	if err != nil {
		log.Fatal(err)
	}
	build, err := godockerfile.NewBuild(document, godockerfile.WithBuildArg("GO", "1.25"))
	if err != nil {
		log.Fatal(err)
	}
	image, err := build.Expand(document.Instruction(1).Find(godockerfile.PartImage, 0))
	if err != nil {
		log.Fatal(err)
	}
	reference := image.References[0]
	fmt.Println(image.Text, reference.Name, reference.Origin, reference.Declaration.Text())
	// Output:
	// golang:1.25 GO build-argument GO=1.22
}

func ExampleBuild_Config() {
	document, err := godockerfile.Parse([]byte("FROM scratch\nUSER 10:20\nENTRYPOINT [\"/app\"]\n"))
	if err != nil {
		log.Fatal(err)
	}
	build, err := document.Build()
	if err != nil {
		log.Fatal(err)
	}
	config, err := build.Config()
	if err != nil {
		log.Fatal(err)
	}
	if config.Failure != nil {
		log.Fatal(config.Failure) // the build would stop here
	}
	fmt.Println(config.User, config.Entrypoint)
	// Output:
	// 10:20 [/app]
}

func ExampleBuild_CopySources() {
	document, err := godockerfile.Parse([]byte("FROM scratch\nCOPY *.go go.sum /src/\n"))
	if err != nil {
		log.Fatal(err)
	}
	build, err := document.Build()
	if err != nil {
		log.Fatal(err)
	}
	project, err := godockerfile.NewProject()
	if err != nil {
		log.Fatal(err)
	}
	for path, content := range map[string]string{"main.go": "", "old.go": "", ".dockerignore": "old.go"} {
		if err := project.AddFile(path, []byte(content)); err != nil {
			log.Fatal(err)
		}
	}
	copied, err := build.CopySources(project, document.Instruction(1))
	if err != nil {
		log.Fatal(err)
	}
	for _, file := range copied.Files {
		fmt.Println("takes", file.Path)
	}
	for _, source := range copied.Missing() {
		fmt.Println("misses", source.Text)
	}
	// Output:
	// takes main.go
	// misses go.sum
}

func ExampleParseIgnoreFile() {
	ignore, err := godockerfile.ParseIgnoreFile([]byte("bin\n!bin/app\n"))
	if err != nil {
		log.Fatal(err)
	}
	for _, path := range []string{"bin/old", "bin/app", "main.go"} {
		fmt.Println(path, ignore.Match(path))
	}
	// Output:
	// bin/old true
	// bin/app false
	// main.go false
}

func ExampleRewrite_Diff() {
	document, err := godockerfile.Parse([]byte("FROM alpine as base\nRUN true\n"),
		godockerfile.WithFileName("Dockerfile"))
	if err != nil {
		log.Fatal(err)
	}
	rewrite, err := godockerfile.Fix(document, godockerfile.WithFixRule("FromAsCasing"))
	if err != nil {
		log.Fatal(err)
	}
	diff, err := rewrite.Diff()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(diff)
	// Output:
	// --- Dockerfile
	// +++ Dockerfile
	// @@ -1,2 +1,2 @@
	// -FROM alpine as base
	// +FROM alpine AS base
	//  RUN true
}

func ExampleFindRule() {
	rule, ok := godockerfile.FindRule("hadolint:DL3006")
	fmt.Println(ok, rule.Code(), rule.Name())
	// Output:
	// true IMG001 unpinned-base
}
