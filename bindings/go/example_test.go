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
