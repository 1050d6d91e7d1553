package godockerfile

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
)

// The table of cases that C, Python and Go answer alike.
type caseTable struct {
	Cases []*tableCase
}

type tableCase struct {
	Name         string
	Source       string
	SourceBase64 string `json:"source_base64"`
	Options      [][2]any
	Nodes        []string
	Instructions []instructionAnswer
	Problems     []string
	Stages       []map[string]any
	Edges        [][3]string
	Commands     [][]string
	Project      map[string]string
	Rules        []string
	Findings     [][2]any
	Fixed        *string
	Edits        [][]any
	Edited       string
	asked        map[string]any // every key
}

type instructionAnswer struct {
	Kind  string
	Lines [2]int
	Parts [][2]string
}

func readCases(t *testing.T) []*tableCase {
	t.Helper()
	data, err := os.ReadFile("../cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var table caseTable
	if err := json.Unmarshal(data, &table); err != nil {
		t.Fatal(err)
	}
	var asked struct{ Cases []map[string]any }
	if err := json.Unmarshal(data, &asked); err != nil {
		t.Fatal(err)
	}
	for i, one := range table.Cases {
		one.asked = asked.Cases[i]
		if one.SourceBase64 != "" {
			source, err := base64.StdEncoding.DecodeString(one.SourceBase64)
			if err != nil {
				t.Fatal(err)
			}
			one.Source = string(source)
		}
	}
	return table.Cases
}

func mustParse(t testing.TB, source string, options ...Option) *Document {
	t.Helper()
	document, err := Parse([]byte(source), options...)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func (c *tableCase) parse(t *testing.T) *Document {
	var options []Option
	for _, option := range c.Options {
		for id, name := range optionIDNames {
			if name == option[0] {
				options = append(options, optionOf(id, option[1]))
			}
		}
	}
	return mustParse(t, c.Source, options...)
}

func optionOf(id OptionID, value any) Option {
	if number, ok := value.(float64); ok {
		return WithNumber(id, uint64(number))
	}
	return textOption(id, value.(string))
}

func textOption(id OptionID, value string) Option {
	if reference, config, given := strings.Cut(value, "="); given && id == OptionImageConfig {
		return WithImageConfig(reference, config)
	}
	return WithText(id, value)
}

func (c *tableCase) ruleSet(t *testing.T) *RuleSet {
	t.Helper()
	return onlyRules(t, c.Rules...)
}

func onlyRules(t testing.TB, names ...string) *RuleSet {
	t.Helper()
	rules, err := NewRuleSetOf(names...)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %#v\nwant %#v", what, got, want)
	}
}

// Keys that are given, or have an answer below.
const otherKeys = " name source source_base64 options rules project nodes instructions problems" +
	" stages edges commands findings fixed edits edited "

func TestCases(t *testing.T) {
	for _, one := range readCases(t) {
		one := one
		t.Run(one.Name, func(t *testing.T) {
			document := one.parse(t)
			equal(t, "text", document.Text(), one.Source)
			equal(t, "tokens", joinTokens(document), one.Source)
			if one.Nodes != nil {
				equal(t, "nodes", nodeKinds(document), one.Nodes)
			}
			if one.Instructions != nil {
				equal(t, "instructions", instructionAnswers(document), one.Instructions)
			}
			if one.Problems != nil {
				equal(t, "problems", problemMessages(document), one.Problems)
			}
			if one.Edges != nil {
				equal(t, "edges", edgeAnswers(t, document), one.Edges)
			}
			if one.Commands != nil {
				equal(t, "commands", commandAnswers(document), one.Commands)
			}
			if one.Stages != nil {
				checkStages(t, document, one.Stages)
			}
			for key, wanted := range one.asked {
				if answer, known := answers[key]; known {
					equalJSON(t, key, answer(t, document, one), wanted)
				} else if !strings.Contains(otherKeys, " "+key+" ") {
					t.Errorf("no answer to %s", key)
				}
			}
			if one.Findings != nil {
				checkFindings(t, document, one)
			}
			if one.Fixed != nil {
				checkFixed(t, document, one)
			}
			if one.Edits != nil {
				checkEdits(t, document, one)
			}
		})
	}
}

func joinTokens(document *Document) string {
	var joined strings.Builder
	for _, token := range document.Tokens() {
		joined.WriteString(document.Slice(token.Range))
	}
	return joined.String()
}

func nodeKinds(document *Document) []string {
	var kinds []string
	document.Walk(func(node Node) bool {
		kinds = append(kinds, node.Kind().String())
		return true
	})
	return kinds
}

func instructionAnswers(document *Document) []instructionAnswer {
	var answers []instructionAnswer
	for _, instruction := range document.Instructions() {
		answer := instructionAnswer{
			Kind:  instruction.InstructionKind().String(),
			Lines: [2]int{instruction.FirstLine(), instruction.LastLine()},
		}
		for _, part := range instruction.Parts() {
			answer.Parts = append(answer.Parts, [2]string{part.Kind().String(), part.Value()})
		}
		answers = append(answers, answer)
	}
	return answers
}

func problemMessages(document *Document) []string {
	messages := []string{}
	for _, problem := range document.Problems() {
		messages = append(messages, problem.Message)
	}
	return messages
}

func edgeAnswers(t *testing.T, document *Document) [][3]string {
	build, err := document.Build()
	if err != nil {
		t.Fatal(err)
	}
	var answers [][3]string
	for _, edge := range build.Edges() {
		answers = append(answers, [3]string{edge.Stage.Name(), edge.Kind.String(), edge.Reference})
	}
	return answers
}

func commandAnswers(document *Document) [][]string {
	var answers [][]string
	for _, command := range document.Commands() {
		answers = append(answers, command.Arguments())
	}
	return answers
}

func checkStages(t *testing.T, document *Document, wanted []map[string]any) {
	t.Helper()
	stages := document.Stages()
	if len(stages) != len(wanted) {
		t.Fatalf("%d stages, want %d", len(stages), len(wanted))
	}
	for i, stage := range stages {
		environment := map[string]any{}
		for name, value := range stage.Environment() {
			environment[name] = value
		}
		answer := map[string]any{
			"name":        stage.Name(),
			"base":        stage.Base(),
			"platform":    stage.Platform(),
			"reachable":   stage.IsReachable(),
			"user":        stage.User(),
			"workdir":     stage.Workdir(),
			"environment": environment,

			"root_image":   stage.RootImage(),
			"base_stage":   stage.BaseStage().Name(),
			"base_unknown": stage.IsBaseUnknown(),
			"is_target":    stage == buildOf(t, document).Target(),
		}
		for key, want := range wanted[i] {
			equal(t, "stage "+key, answer[key], want)
		}
	}
}

func checkFindings(t *testing.T, document *Document, one *tableCase) {
	t.Helper()
	report, err := Check(document, WithRuleSet(one.ruleSet(t)))
	if err != nil {
		t.Fatal(err)
	}
	answers := [][2]any{}
	for _, finding := range report.Findings() {
		answers = append(answers, [2]any{finding.Code, float64(finding.Position.Line)})
	}
	equal(t, "findings", answers, one.Findings)
}

func checkFixed(t *testing.T, document *Document, one *tableCase) {
	t.Helper()
	rewrite, err := Fix(document, WithRuleSet(one.ruleSet(t)))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "fixed", rewrite.Text(), *one.Fixed)
	equal(t, "changed", rewrite.Changed(), *one.Fixed != one.Source)
}

func edit(edits *Edits, operation string, instruction Instruction, values []any) error {
	text := func(index int) string {
		value, _ := values[index].(string)
		return value
	}
	switch operation {
	case "set-image-tag":
		return edits.SetImageTag(instruction, text(0))
	case "set-image-digest":
		return edits.SetImageDigest(instruction, text(0))
	case "set-stage-name":
		return edits.SetStageName(instruction, text(0))
	case "set-flag":
		return edits.SetFlag(instruction, text(0), text(1))
	case "set-bare-flag":
		return edits.SetBareFlag(instruction, text(0))
	case "set-part":
		return edits.SetPart(firstPart(instruction, text(0)), text(1))
	case "replace":
		place := Range{uint32(values[0].(float64)), uint32(values[1].(float64))}
		return edits.Replace(place, text(2))
	case "remove-flag":
		return edits.RemoveFlag(instruction, text(0))
	case "set-pair":
		return edits.SetPair(instruction, text(0), text(1))
	case "insert-before":
		return edits.InsertBefore(instruction, text(0))
	case "insert-after":
		return edits.InsertAfter(instruction, text(0))
	case "remove":
		return edits.Remove(instruction)
	}
	return newError(CodeUnknown, "no such operation: "+operation)
}

// firstPart is the first part of the kind with that name.
func firstPart(instruction Instruction, kind string) Part {
	for _, part := range instruction.Parts() {
		if part.Kind().String() == kind {
			return part
		}
	}
	return Part{}
}

func checkEdits(t *testing.T, document *Document, one *tableCase) {
	t.Helper()
	edits, err := NewEdits(document)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range one.Edits {
		operation, _ := row[0].(string)
		index, _ := row[1].(float64)
		values, _ := row[2].([]any)
		failure, _ := row[3].(string)
		err := edit(edits, operation, document.Instruction(int(index)), values)
		got := ""
		if err != nil {
			got = err.(*Error).Code.String()
		}
		equal(t, operation, got, failure)
	}
	text, err := edits.Apply()
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "edited", text, one.Edited)
}
