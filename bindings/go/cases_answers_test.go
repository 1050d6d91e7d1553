package godockerfile

import (
	"encoding/json"
	"testing"
)

// row is a row of the table, or of an answer.
type row = []any

// answers has an answer to each of these keys of a case; they are compared as JSON.
var answers = map[string]func(*testing.T, *Document, *tableCase) any{
	"config": func(t *testing.T, document *Document, one *tableCase) any {
		all := configAnswer(configOf(t, document))
		asked := map[string]any{}
		for key := range one.asked["config"].(map[string]any) {
			asked[key] = all[key]
		}
		return asked
	},
	"image_json": func(t *testing.T, document *Document, _ *tableCase) any {
		return configOf(t, document).JSON()
	},
	"positions":   positionsAnswer,
	"dumps":       dumpsAnswer,
	"shell":       shellAnswer,
	"graph":       graphAnswer,
	"expansions":  expansionsAnswer,
	"variables":   variablesAnswer,
	"copies":      copiesAnswer,
	"ignore":      ignoreAnswer,
	"end_of_life": endOfLifeAnswer,
	"messages":    messagesAnswer,
	"tokens": func(_ *testing.T, document *Document, _ *tableCase) any {
		rows := []row{}
		for _, token := range document.Tokens() {
			rows = append(rows, row{token.Kind.String(), token.Range.Start, token.Range.End})
		}
		return rows
	},
	"lines": func(_ *testing.T, document *Document, _ *tableCase) any {
		lines := []string{}
		for number := 1; number <= document.LineCount(); number++ {
			lines = append(lines, document.Line(number))
		}
		return lines
	},
	"images": func(_ *testing.T, document *Document, _ *tableCase) any {
		rows := []row{}
		for _, instruction := range document.Instructions() {
			for _, image := range instruction.Images() {
				rows = append(rows, row{image.Reference, image.Registry, image.Repository, image.Tag, image.Digest})
			}
		}
		return rows
	},
	"builder_error": func(_ *testing.T, document *Document, _ *tableCase) any {
		problem, _ := document.BuilderError()
		return row{problem.Message, problem.Range.Start, problem.Range.End}
	},
	"texts":     textsAnswer,
	"context":   contextAnswer,
	"suggested": suggestedAnswer,
	"report":    reportAnswer,
	"totals": func(t *testing.T, document *Document, one *tableCase) any {
		report := checkOf(t, document, one)
		return row{len(report.Findings()), report.Dropped(), report.Suppressed(), report.Worst().String()}
	},
	"files": func(t *testing.T, document *Document, one *tableCase) any {
		rewrite, err := Fix(document, WithRuleSet(one.ruleSet(t)), WithProject(one.project(t)))
		must(t, err)
		names := []string{}
		for name := range rewrite.Files() {
			names = append(names, name)
		}
		return names
	},
	"catalogue": catalogueAnswer,
	"limits": func(_ *testing.T, _ *Document, one *tableCase) any {
		rows := []row{}
		for _, asked := range one.rows("limits") {
			for id, name := range optionIDNames {
				if name == asked[0] {
					_, err := Parse(nil, optionOf(id, asked[1]))
					rows = append(rows, row{name, asked[1], err == nil})
				}
			}
		}
		return rows
	},
	"applied": func(t *testing.T, document *Document, one *tableCase) any {
		rows := []row{}
		for _, done := range fixOf(t, document, one).Applied() {
			rows = append(rows, row{done.Rule.Code(), done.Class.String(), done.Title})
		}
		return rows
	},
	"diff": func(t *testing.T, document *Document, one *tableCase) any {
		diff, err := fixOf(t, document, one).Diff()
		must(t, err)
		return diff
	},
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (c *tableCase) rows(key string) []row {
	rows := []row{}
	for _, one := range c.asked[key].([]any) {
		rows = append(rows, one.(row))
	}
	return rows
}

func indexIn(values row, index int) int { return int(values[index].(float64)) }

func buildOf(t *testing.T, document *Document) *Build {
	t.Helper()
	build, err := document.Build()
	must(t, err)
	return build
}

func fixOf(t *testing.T, document *Document, one *tableCase) *Rewrite {
	t.Helper()
	rewrite, err := Fix(document, WithRuleSet(one.ruleSet(t)))
	must(t, err)
	return rewrite
}

func positionsAnswer(t *testing.T, document *Document, one *tableCase) any {
	rows := []row{}
	for _, asked := range one.rows("positions") {
		offset := uint32(indexIn(asked, 0))
		for unit, name := range columnUnitNames {
			if name == asked[1] {
				place := document.Position(offset, unit)
				equal(t, "offset", document.Offset(place, unit), offset)
				rows = append(rows, row{offset, name, place.Line, place.Column})
			}
		}
	}
	return rows
}

func dumpsAnswer(t *testing.T, document *Document, one *tableCase) any {
	dumps := map[string]string{}
	for format, name := range dumpFormatNames {
		if _, asked := one.asked["dumps"].(map[string]any)[name]; asked {
			dump, err := document.Dump(format)
			must(t, err)
			dumps[name] = dump
		}
	}
	return dumps
}

func graphAnswer(t *testing.T, document *Document, one *tableCase) any {
	graphs := map[string]string{}
	for format, name := range graphFormatNames {
		if _, asked := one.asked["graph"].(map[string]any)[name]; asked {
			graph, err := buildOf(t, document).Graph(format)
			must(t, err)
			graphs[name] = graph
		}
	}
	return graphs
}

func shellAnswer(_ *testing.T, document *Document, _ *tableCase) any {
	rows := []row{}
	for _, command := range document.Commands() {
		words := []row{}
		for _, word := range command.Words() {
			words = append(words, row{word.Role.String(), word.Flags, word.Value})
		}
		rows = append(rows, row{command.Program(), command.Operator().String(), command.Flags(),
			command.Parent().Program(), words})
	}
	return rows
}

func expansionsAnswer(t *testing.T, document *Document, one *tableCase) any {
	rows := []row{}
	for _, asked := range one.rows("expansions") {
		instruction := document.Instruction(indexIn(asked, 0))
		var parts []Part
		for _, part := range instruction.Parts() {
			if part.Kind().String() == asked[1] {
				parts = append(parts, part)
			}
		}
		expansion, err := buildOf(t, document).Expand(parts[indexIn(asked, 2)])
		must(t, err)
		references := []row{}
		for _, found := range expansion.References {
			references = append(references, row{found.Name, found.State.String(),
				found.Origin.String(), found.Value, found.OriginPart.Text()})
		}
		rows = append(rows, row{asked[0], asked[1], asked[2], expansion.Mode.String(),
			expansion.Text, expansion.IsCertain, expansion.Error, expansion.Words, references})
	}
	return rows
}

func variablesAnswer(t *testing.T, document *Document, one *tableCase) any {
	rows := []row{}
	for _, asked := range one.rows("variables") {
		instruction := document.Instruction(indexIn(asked, 0))
		found := buildOf(t, document).Variable(asked[1].(string), instruction)
		rows = append(rows, row{asked[0], found.Name, found.State.String(), found.Origin.String(),
			found.Value, found.Declaration.Text()})
	}
	return rows
}

func textsAnswer(t *testing.T, document *Document, one *tableCase) any {
	rows := []row{}
	for _, asked := range one.rows("texts") {
		text := asked[1].(string)
		expansion, err := buildOf(t, document).ExpandText(text, document.Instruction(indexIn(asked, 0)))
		must(t, err)
		rows = append(rows, row{asked[0], text, expansion.Text, expansion.Error})
	}
	return rows
}

func (c *tableCase) project(t *testing.T) *Project {
	t.Helper()
	project, err := NewProject()
	must(t, err)
	for path, content := range c.Project {
		must(t, project.AddFile(path, []byte(content)))
	}
	return project
}

func contextAnswer(t *testing.T, _ *Document, one *tableCase) any {
	project := one.project(t)
	ignore := project.IgnoreFile("Dockerfile")
	return row{project.Files(), ignore, project.Content(ignore)}
}

func suggestedAnswer(t *testing.T, _ *Document, one *tableCase) any {
	references := map[string]string{}
	for image := range one.asked["suggested"].(map[string]any) {
		reference, err := SuggestReference(image)
		must(t, err)
		references[image] = reference
	}
	return references
}

func checkOf(t *testing.T, document *Document, one *tableCase) *Report {
	t.Helper()
	report, err := Check(document, WithRuleSet(one.ruleSet(t)))
	must(t, err)
	return report
}

func reportAnswer(t *testing.T, document *Document, one *tableCase) any {
	texts := map[string]string{}
	for format, name := range reportFormatNames {
		if _, asked := one.asked["report"].(map[string]any)[name]; asked {
			text, err := checkOf(t, document, one).Render(format)
			must(t, err)
			texts[name] = text
		}
	}
	return texts
}

func catalogueAnswer(_ *testing.T, _ *Document, one *tableCase) any {
	rows := map[string]row{}
	for name := range one.asked["catalogue"].(map[string]any) {
		rule, _ := FindRule(name)
		rows[name] = row{rule.Code(), rule.Name(), rule.Category(), rule.Severity().String(),
			rule.FixClass().String(), rule.Summary(), rule.Help(), rule.Example(), rule.FixedExample()}
	}
	return rows
}

func copiesAnswer(t *testing.T, document *Document, one *tableCase) any {
	project := one.project(t)
	rows := []row{}
	for _, asked := range one.rows("copies") {
		instruction := document.Instruction(indexIn(asked, 0))
		copied, err := buildOf(t, document).CopySources(project, instruction)
		must(t, err)
		sources, files := []row{}, []row{}
		for _, source := range copied.Sources {
			sources = append(sources,
				row{source.Kind.String(), source.Text, source.IsFound, source.IsRequired})
		}
		for _, file := range copied.Files {
			files = append(files, row{file.Path, file.Source.Text})
		}
		rows = append(rows, row{asked[0], sources, files})
	}
	return rows
}

func ignoreAnswer(t *testing.T, document *Document, one *tableCase) any {
	ignore, err := ParseIgnoreFile([]byte(document.Text()))
	must(t, err)
	patterns, paths := []row{}, []row{}
	for _, pattern := range ignore.Patterns() {
		patterns = append(patterns, row{pattern.Text, pattern.IsException, pattern.Line,
			pattern.Range.Start, pattern.Range.End})
	}
	for _, asked := range one.asked["ignore"].(map[string]any)["paths"].([]any) {
		path := asked.(row)[0].(string)
		deciding, _ := ignore.Deciding(path)
		paths = append(paths, row{path, ignore.Match(path), deciding.Text})
	}
	return map[string]any{"error": ignore.Refusal(), "patterns": patterns, "paths": paths}
}

func endOfLifeAnswer(_ *testing.T, _ *Document, one *tableCase) any {
	days := map[string]int{}
	for image := range one.asked["end_of_life"].(map[string]any) {
		days[image] = 0
		if day, known := EndOfLife(image); known {
			days[image] = day.Year()*10000 + int(day.Month())*100 + day.Day()
		}
	}
	return days
}

func messagesAnswer(t *testing.T, document *Document, one *tableCase) any {
	rows := []row{}
	for _, finding := range checkOf(t, document, one).Findings() {
		related, fixes := []row{}, []row{}
		for _, place := range finding.Related {
			related = append(related, row{place.Range.Start, place.Range.End, place.Message})
		}
		for _, fix := range finding.Fixes {
			edits := []row{}
			for _, edit := range fix.Edits {
				edits = append(edits, row{edit.Range.Start, edit.Range.End, edit.Text})
			}
			fixes = append(fixes, row{fix.Class.String(), fix.Title, fix.File, edits})
		}
		rows = append(rows,
			row{finding.Severity.String(), finding.Message, finding.Note, related, fixes})
	}
	return rows
}

func configOf(t *testing.T, document *Document) Config {
	t.Helper()
	config, err := buildOf(t, document).Config()
	must(t, err)
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
