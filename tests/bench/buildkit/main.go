// Command buildkitbench measures BuildKit's own Dockerfile parser on the files that bench measures:
//
//	buildkitbench [-rounds N] [-write FILE] DIRECTORY
//
// It prints the best of N rounds in MB/s: the low-level parser alone, and with typed instructions.
// With -write it puts the files that the parser accepts into one file instead, which the parser
// accepts, too: what others measure on it is comparable with what this program measures on it.
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

func accepts(text []byte) bool {
	_, err := parser.Parse(bytes.NewReader(text))
	return err == nil
}

// concatenate joins the files that keep the whole acceptable; a file's directives would stand where
// they are comments, so files that set another escape character stay out.
func concatenate(files [][]byte) []byte {
	var whole []byte
	for _, file := range files {
		if !accepts(file) || bytes.Contains(bytes.ToLower(file), []byte("escape=")) {
			continue
		}
		file = append(bytes.TrimRight(file, "\\ \t\r\n"), '\n')
		if accepts(file) {
			whole = append(whole, file...)
		}
	}
	return whole
}

func write(path string, files [][]byte) {
	whole := concatenate(files)
	if !accepts(whole) {
		fmt.Fprintln(os.Stderr, "the parser refuses the concatenation")
		os.Exit(1)
	}
	if err := os.WriteFile(path, whole, 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	target := flag.String("write", "", "file to write the concatenation to")
	rounds := flag.Int("rounds", 7, "rounds per measure")
	flag.Parse()
	files, total := readAll(flag.Arg(0))
	if *target != "" {
		write(*target, files)
		return
	}
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
