package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

// The five ways in which BuildKit itself uses the lexer.
func lexers() []*shell.Lex {
	rawQuotes := shell.NewLex('\\')
	rawQuotes.RawQuotes = true
	rawQuotes.SkipUnsetEnv = true
	heredocLine := shell.NewLex('\\')
	heredocLine.RawQuotes = true
	heredocLine.RawEscapes = true
	heredocLine.SkipUnsetEnv = true
	heredocBody := shell.NewLex('\\')
	heredocBody.SkipProcessQuotes = true
	return []*shell.Lex{shell.NewLex('\\'), shell.NewLex('`'), rawQuotes, heredocLine, heredocBody}
}

func answerWord(a *answer, payload string) {
	variables, word := split(payload)
	environment := shell.EnvsFromSlice(variables)
	for mode, lexer := range lexers() {
		a.line("mode", mode)
		result, err := lexer.ProcessWordWithMatches(word, environment)
		if err != nil {
			a.line("word-error", err.Error())
		} else {
			a.line("word", result.Result)
			a.line("matched", texts(slices.Sorted(maps.Keys(result.Matched)))...)
			a.line("unmatched", texts(slices.Sorted(maps.Keys(result.Unmatched)))...)
		}
		words, err := lexer.ProcessWords(strings.Clone(word), environment)
		if err != nil {
			a.line("words-error", err.Error())
		} else {
			a.line("words", texts(words)...)
		}
	}
}
