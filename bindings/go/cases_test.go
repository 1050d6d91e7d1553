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
	Options      [][2]string
	Nodes        []string
	Instructions []instructionAnswer
	Problems     []string
	Stages       []map[string]any
	Edges        [][3]string
	Commands     [][]string
	Config       map[string]any
	ImageJSON    *string `json:"image_json"`
	Rules        []string
	Findings     [][2]any
	Fixed        *string
	Edits        [][]any
	Edited       string
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
	for _, one := range table.Cases {
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

func optionOf(id OptionID, value string) Option {
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
	rules, err := NewRuleSet("base")
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range Rules() {
		if err := rules.Disable(rule.Code()); err != nil {
			t.Fatal(err)
		}
	}
	if err := rules.Enable(names...); err != nil {
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
			if one.Config != nil {
				checkConfig(t, document, one.Config)
			}
			if one.ImageJSON != nil {
				equal(t, "image_json", configOf(t, document).JSON(), *one.ImageJSON)
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
		}
		for key, want := range wanted[i] {
			equal(t, "stage "+key, answer[key], want)
		}
	}
}

func configOf(t *testing.T, document *Document) Config {
	t.Helper()
	build, err := document.Build()
	if err != nil {
		t.Fatal(err)
	}
	config, err := build.Config()
	if err != nil {
		t.Fatal(err)
	}
	return config
}

// flagNumber is 1 for true.
func flagNumber(flag bool) int {
	if flag {
		return 1
	}
	return 0
}

func configAnswer(config Config) map[string]any {
	failure := config.Failure
	if failure == nil {
		failure = &BuildFailure{}
	}
	lines := [][2]int{}
	for _, place := range failure.Lines {
		lines = append(lines, [2]int{place.First, place.Last})
	}
	history := [][2]any{}
	for _, entry := range config.History {
		history = append(history, [2]any{entry.CreatedBy, entry.IsLayer})
	}
	health := config.Healthcheck
	if health == nil {
		health = &HealthConfig{Test: []string{}}
	}
	return map[string]any{
		"error":         failure.Message,
		"error_lines":   lines,
		"complete":      config.IsComplete,
		"base_known":    config.IsBaseKnown,
		"images":        config.Images,
		"architecture":  config.Architecture,
		"os":            config.OS,
		"os.version":    config.OSVersion,
		"variant":       config.Variant,
		"author":        config.Author,
		"User":          config.User,
		"WorkingDir":    config.WorkingDir,
		"StopSignal":    config.StopSignal,
		"Env":           config.Env,
		"Entrypoint":    config.Entrypoint,
		"Cmd":           config.Cmd,
		"ExposedPorts":  config.ExposedPorts,
		"Volumes":       config.Volumes,
		"Labels":        config.Labels,
		"OnBuild":       config.OnBuild,
		"Shell":         config.Shell,
		"Test":          health.Test,
		"Interval":      int64(health.Interval),
		"Timeout":       int64(health.Timeout),
		"StartPeriod":   int64(health.StartPeriod),
		"StartInterval": int64(health.StartInterval),
		"Retries":       health.Retries,
		"ArgsEscaped":   flagNumber(config.ArgsEscaped),
		"created_by":    history,
	}
}

func checkConfig(t *testing.T, document *Document, wanted map[string]any) {
	t.Helper()
	answer := configAnswer(configOf(t, document))
	for key, want := range wanted {
		equalJSON(t, "config "+key, answer[key], want)
	}
}

// equalJSON compares an answer with what the table says, which has the types of JSON.
func equalJSON(t *testing.T, what string, answer, want any) {
	t.Helper()
	text, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	var got any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	equal(t, what, got, want)
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
	case "set-pair":
		return edits.SetPair(instruction, text(0), text(1))
	case "insert-before":
		return edits.InsertBefore(instruction, text(0))
	case "insert-after":
		return edits.InsertAfter(instruction, text(0))
	case "remove":
		return edits.Remove(instruction)
	}
	return &Error{CodeUnknown, "no such operation: " + operation}
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
