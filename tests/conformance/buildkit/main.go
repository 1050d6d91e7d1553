// Command buildkitanswers says what BuildKit makes of a text. It reads frames from standard input
// and writes the answer to each to standard output:
//
//	frame:  kind (one byte) · length (4 bytes, little-endian) · that many bytes
//	answer: length (4 bytes, little-endian) · that many bytes of lines
//
// Kinds: D is a Dockerfile as it is read; B is one that is checked, then built, in a registry that
// has every image with nothing in it; W is `NAME=VALUE NUL …NUL NUL word`, a word for the lexer; I is
// `path NUL …NUL NUL text`, an ignore file and the paths to try. live_answers.c answers the same
// frames in the same words.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"strings"
)

const headerSize = 5

// answer collects the lines of one answer.
type answer struct {
	strings.Builder
}

// line writes a name and its values: texts quoted, everything else as it is.
func (a *answer) line(name string, values ...any) {
	a.WriteString(name)
	for _, value := range values {
		a.WriteByte(' ')
		if text, ok := value.(string); ok {
			a.quote(text)
		} else {
			fmt.Fprint(a, value)
		}
	}
	a.WriteByte('\n')
}

func (a *answer) quote(text string) {
	a.WriteByte('"')
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			a.WriteByte('\\')
			a.WriteByte(c)
		case c < ' ' || c > '~':
			fmt.Fprintf(a, "\\x%02x", c)
		default:
			a.WriteByte(c)
		}
	}
	a.WriteByte('"')
}

// split takes the texts that end in NUL off the payload, up to an empty one.
func split(payload string) (texts []string, rest string) {
	for {
		text, behind, _ := strings.Cut(payload, "\x00")
		payload = behind
		if text == "" {
			return texts, payload
		}
		texts = append(texts, text)
	}
}

func answerTo(kind byte, payload string) (text string) {
	var result answer
	defer func() {
		if problem := recover(); problem != nil {
			text = fmt.Sprintf("panic %v\n", problem)
		}
	}()
	switch kind {
	case 'D':
		answerDocument(&result, payload)
	case 'B':
		answerBuild(&result, payload)
	case 'W':
		answerWord(&result, payload)
	case 'I':
		answerIgnore(&result, payload)
	}
	return result.String()
}

func run(in io.Reader, out *bufio.Writer) error {
	for {
		var header [headerSize]byte
		if _, err := io.ReadFull(in, header[:]); err == io.EOF {
			return out.Flush()
		} else if err != nil {
			return err
		}
		payload := make([]byte, binary.LittleEndian.Uint32(header[1:]))
		if _, err := io.ReadFull(in, payload); err != nil {
			return err
		}
		text := answerTo(header[0], string(payload))
		if err := binary.Write(out, binary.LittleEndian, uint32(len(text))); err != nil {
			return err
		}
		if _, err := out.WriteString(text); err != nil {
			return err
		}
	}
}

func main() {
	if err := run(bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
