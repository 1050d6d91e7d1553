// Command buildkitbench measures BuildKit's own Dockerfile parser on the files that bench measures:
//
//	buildkitbench [-rounds N] DIRECTORY
//
// It prints the best of N rounds in MB/s: the low-level parser alone, and with typed instructions.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func readAll(root string) (files [][]byte, total int) {
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.Contains(entry.Name(), "Dockerfile") {
			return err
		}
		text, err := os.ReadFile(path)
		files = append(files, text)
		total += len(text)
		return err
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return files, total
}

func best(files [][]byte, total, rounds int, work func([]byte)) float64 {
	throughput := 0.0
	for range rounds {
		start := time.Now()
		for _, file := range files {
			work(file)
		}
		throughput = max(throughput, float64(total)/1e6/time.Since(start).Seconds())
	}
	return throughput
}

func main() {
	rounds := flag.Int("rounds", 7, "rounds per measure")
	flag.Parse()
	files, total := readAll(flag.Arg(0))
	fmt.Printf("buildkit-parse %.2f MB/s\n", best(files, total, *rounds, func(text []byte) {
		_, _ = parser.Parse(bytes.NewReader(text))
	}))
	quiet := linter.New(&linter.Config{SkipAll: true})
	fmt.Printf("buildkit-instructions %.2f MB/s\n", best(files, total, *rounds, func(text []byte) {
		if result, err := parser.Parse(bytes.NewReader(text)); err == nil {
			_, _, _ = instructions.Parse(result.AST, quiet)
		}
	}))
}
