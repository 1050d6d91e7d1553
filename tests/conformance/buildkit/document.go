package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

type bare string // written without quotes

func lines(ranges []parser.Range) bare {
	if len(ranges) == 0 {
		return "none"
	}
	return bare(fmt.Sprintf("%d-%d", ranges[0].Start.Line, ranges[len(ranges)-1].End.Line))
}

func answerDocument(a *answer, text string) {
	result, err := parser.Parse(strings.NewReader(text))
	if result != nil {
		answerTree(a, result)
	}
	if err != nil {
		answerError(a, err)
		return
	}
	var lint answer
	stages, meta, err := instructions.Parse(result.AST, newLinter(&lint, text))
	if err != nil {
		answerError(a, err)
		return
	}
	if len(stages) == 0 { // what runs next refuses it in these words
		a.line("error", "dockerfile contains no stages to build")
		return
	}
	for i := range meta {
		answerCommand(a, &meta[i])
	}
	for _, stage := range stages {
		a.line("from", stage.BaseName, stage.Name, stage.Platform)
		for _, command := range stage.Commands {
			answerCommand(a, command)
		}
	}
	a.WriteString(lint.String())
}

func answerError(a *answer, err error) {
	var located *parser.LocationError
	if errors.As(err, &located) && len(located.Locations) > 0 {
		a.line("error", err.Error(), lines(located.Locations[0]))
	} else {
		a.line("error", err.Error())
	}
}

func answerTree(a *answer, result *parser.Result) {
	a.line("escape", string(result.EscapeToken))
	a.line("dump", result.AST.Dump())
	for _, node := range result.AST.Children {
		a.line("instruction", lines(node.Location()), node.Original)
		for _, comment := range node.PrevComment {
			a.line("comment", comment)
		}
		for inner := node; inner != nil; {
			inner = answerNode(a, inner)
		}
	}
	for _, warning := range result.Warnings {
		a.line("warning", warning.Short)
	}
}

// answerNode writes one node and gives the one inside it (ONBUILD), or nil.
func answerNode(a *answer, node *parser.Node) (inner *parser.Node) {
	a.line("node", node.Value, node.Attributes["json"])
	for _, flag := range node.Flags {
		a.line("flag", flag)
	}
	for argument := node.Next; argument != nil; argument = argument.Next {
		if len(argument.Children) > 0 {
			inner = argument.Children[0]
		} else {
			a.line("argument", argument.Value)
		}
	}
	for _, heredoc := range node.Heredocs {
		a.line("heredoc", heredoc.Name, heredoc.FileDescriptor, heredoc.Expand, heredoc.Chomp,
			heredoc.Content)
	}
	return inner
}

// newLinter writes the calls made while instructions are typed.
func newLinter(a *answer, text string) *linter.Linter {
	options, _, _, _ := parser.ParseDirective("check", []byte(text))
	config, err := linter.ParseLintOptions(options)
	if err != nil {
		config = &linter.Config{}
		a.line("lint-refused")
	}
	config.Warn = func(rule, _, _, message string, location []parser.Range) {
		a.line("lint", rule, message, lines(location))
	}
	return linter.New(config)
}

func texts(values []string) []any {
	var all []any
	for _, value := range values {
		all = append(all, value)
	}
	return all
}

func answerFiles(a *answer, files instructions.SourcesAndDest, flags ...any) {
	a.line("files", append(texts(files.SourcePaths), bare("to"), files.DestPath)...)
	a.line("flags", flags...)
}

func answerCommandLine(a *answer, name string, line instructions.ShellDependantCmdLine) {
	a.line(name, append([]any{line.PrependShell}, texts(line.CmdLine)...)...)
}

func answerPairs(a *answer, name string, pairs instructions.KeyValuePairs) {
	for _, pair := range pairs {
		a.line(name, pair.Key, pair.Value)
	}
}

func answerArguments(a *answer, command *instructions.ArgCommand) {
	for _, argument := range command.Args {
		if argument.Value != nil {
			a.line("arg", argument.Key, *argument.Value)
		} else {
			a.line("arg", argument.Key)
		}
	}
}

func answerCommand(a *answer, command instructions.Command) {
	switch c := command.(type) {
	case *instructions.AddCommand:
		answerFiles(a, c.SourcesAndDest, c.Chown, c.Chmod, c.Checksum, "")
	case *instructions.CopyCommand:
		answerFiles(a, c.SourcesAndDest, c.Chown, c.Chmod, "", c.From)
	case *instructions.RunCommand:
		answerCommandLine(a, "run", c.ShellDependantCmdLine)
	case *instructions.CmdCommand:
		answerCommandLine(a, "cmd", c.ShellDependantCmdLine)
	case *instructions.EntrypointCommand:
		answerCommandLine(a, "entrypoint", c.ShellDependantCmdLine)
	case *instructions.EnvCommand:
		answerPairs(a, "env", c.Env)
	case *instructions.LabelCommand:
		answerPairs(a, "label", c.Labels)
	case *instructions.ArgCommand:
		answerArguments(a, c)
	case *instructions.ExposeCommand:
		a.line("expose", texts(c.Ports)...)
	case *instructions.HealthCheckCommand:
		a.line("healthcheck", texts(c.Health.Test)...)
	case *instructions.UserCommand:
		a.line("user", c.User)
	case *instructions.VolumeCommand:
		a.line("volume", texts(c.Volumes)...)
	case *instructions.WorkdirCommand:
		a.line("workdir", c.Path)
	case *instructions.StopSignalCommand:
		a.line("stopsignal", c.Signal)
	case *instructions.ShellCommand:
		a.line("shell", texts(c.Shell)...)
	case *instructions.MaintainerCommand:
		a.line("maintainer", c.Maintainer)
	}
}
