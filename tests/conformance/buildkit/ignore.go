package main

import (
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

func answerIgnore(a *answer, payload string) {
	paths, text := split(payload)
	patterns, err := ignorefile.ReadAll(strings.NewReader(text))
	if err != nil {
		a.line("error", err.Error())
		return
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		a.line("error", err.Error())
		return
	}
	a.line("patterns", texts(patterns)...)
	for _, path := range paths {
		matches, err := matcher.MatchesOrParentMatches(path)
		if err != nil {
			a.line("error", err.Error())
		} else {
			a.line("match", path, matches)
		}
	}
}
