package godockerfile

import (
	"os"
	"strings"
	"sync"

	"github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"
)

// Document is a parsed Dockerfile: a lossless tree. It never changes.
type Document struct {
	root    *root
	text    string
	options []Option

	buildOnce sync.Once
	build     *Build
	buildErr  error
}

// Range is the bytes from Start up to, not including, End.
type Range struct {
	Start, End uint32
}

// Position is a place as people count it: both numbers start at 1.
type Position struct {
	Line, Column uint32
}

// Token is a run of bytes; all tokens together are the input.
type Token struct {
	Kind  TokenKind
	Range Range
}

// Problem is something that the builder refuses.
type Problem struct {
	Message string
	Range   Range
}

// Parse reads a Dockerfile. No content is an error: text that the builder refuses gives a tree and
// Problems. An error means a wrong option or lack of memory.
func Parse(source []byte, options ...Option) (*Document, error) {
	text := string(source)
	made, err := withOptions(gather(nil, options), func(native uintptr) uintptr {
		return capi.Gdf_document_parse(text, native)
	})
	if err != nil {
		return nil, err
	}
	return &Document{
		root:    newRoot(made, capi.Gdf_document_free, nil),
		text:    text,
		options: append([]Option(nil), options...),
	}, nil
}

// ParseFile reads and parses the file; its path is the document's file name.
func ParseFile(path string, options ...Option) (*Document, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(source, append([]Option{WithFileName(path)}, options...)...)
}

// Close gives the memory back, that of Build included. Calling it is optional; reading afterwards
// gives zero values.
func (d *Document) Close() error {
	if d == nil {
		return nil
	}
	d.buildOnce.Do(func() { d.buildErr = ErrClosed })
	if err := d.build.Close(); err != nil {
		return err
	}
	return d.root.close()
}

func (d *Document) handle() *root {
	if d == nil {
		return nil
	}
	return d.root
}

// Text is the whole input, byte for byte, also after Close.
func (d *Document) Text() string {
	if d == nil {
		return ""
	}
	return d.text
}

// FileName is the name given in the options, or empty.
func (d *Document) FileName() string { return get(d.handle(), capi.Gdf_document_get_file_name) }

// Escape is the escape character in force.
func (d *Document) Escape() byte { return get(d.handle(), capi.Gdf_document_get_escape) }

// LineEnd is the line end most used in the input.
func (d *Document) LineEnd() string { return get(d.handle(), capi.Gdf_document_get_line_end) }

// Slice is the text of a range, cut to what there is.
func (d *Document) Slice(place Range) string {
	text := d.Text()
	end := int(place.End)
	if end > len(text) {
		end = len(text)
	}
	if int(place.Start) >= end {
		return ""
	}
	return text[place.Start:end]
}

// LineCount is the number of lines, at least 1.
func (d *Document) LineCount() int { return int(get(d.handle(), capi.Gdf_document_count_lines)) }

// Line is the text of a line (from 1) without its line end.
func (d *Document) Line(number int) string {
	if number < 1 {
		return ""
	}
	return getOf(d.handle(), capi.Gdf_document_get_line_text, uint32(number))
}

// Position is the line and column of a byte.
func (d *Document) Position(offset uint32, unit ColumnUnit) Position {
	address := d.handle().enter()
	defer d.handle().leave(address)
	return Position{
		Line:   capi.Gdf_document_find_line(address, offset),
		Column: capi.Gdf_document_find_column(address, offset, int(unit)),
	}
}

// Offset is the byte at a line and column, clamped to the line's and the input's end.
func (d *Document) Offset(place Position, unit ColumnUnit) uint32 {
	address := d.handle().enter()
	defer d.handle().leave(address)
	return capi.Gdf_document_find_offset(address, place.Line, place.Column, int(unit))
}

// Tokens gives the tokens, which tile the input.
func (d *Document) Tokens() []Token {
	address := d.handle().enter()
	defer d.handle().leave(address)
	tokens := make([]Token, capi.Gdf_document_count_tokens(address))
	for i := range tokens {
		index := uint32(i)
		tokens[i] = Token{
			Kind: TokenKind(capi.Gdf_document_get_token_kind(address, index)),
			Range: Range{
				capi.Gdf_document_get_token_start(address, index),
				capi.Gdf_document_get_token_end(address, index),
			},
		}
	}
	return tokens
}

// Root is the node of the whole document.
func (d *Document) Root() Node { return Node{d, 1} }

// NodeCount is the number of nodes; Node gives them by number from 1, in document order.
func (d *Document) NodeCount() int { return int(get(d.handle(), capi.Gdf_document_count_nodes)) }

// Node is the node of a number, or the zero Node.
func (d *Document) Node(number int) Node {
	if number < 1 || number > d.NodeCount() {
		return Node{}
	}
	return Node{d, uint32(number)}
}

// NodeAt is the innermost node that holds a byte.
func (d *Document) NodeAt(offset uint32) Node {
	return d.node(getOf(d.handle(), capi.Gdf_document_find_node, offset))
}

func (d *Document) node(id uint32) Node {
	if id == 0 {
		return Node{}
	}
	return Node{d, id}
}

// InstructionCount is the number of top-level instructions; Instruction gives them by index from 0.
func (d *Document) InstructionCount() int {
	return int(get(d.handle(), capi.Gdf_document_count_instructions))
}

// Instruction is the top-level instruction at an index from 0, or the zero Instruction.
func (d *Document) Instruction(index int) Instruction {
	if index < 0 || index >= d.InstructionCount() {
		return Instruction{}
	}
	return Instruction{d.node(getOf(d.handle(), capi.Gdf_document_get_instruction, uint32(index)))}
}

// Instructions gives the top-level instructions.
func (d *Document) Instructions() []Instruction {
	address := d.handle().enter()
	defer d.handle().leave(address)
	instructions := make([]Instruction, capi.Gdf_document_count_instructions(address))
	for i := range instructions {
		id := capi.Gdf_document_get_instruction(address, uint32(i))
		instructions[i] = Instruction{d.node(id)}
	}
	return instructions
}

// Walk visits all nodes in document order, parents before children, until visit says false.
func (d *Document) Walk(visit func(Node) bool) {
	count := uint32(d.NodeCount())
	for id := uint32(1); id <= count; id++ {
		if !visit(Node{d, id}) {
			return
		}
	}
}

// Problems gives all that the builder would refuse while reading the file, in document order.
func (d *Document) Problems() []Problem {
	address := d.handle().enter()
	defer d.handle().leave(address)
	problems := make([]Problem, capi.Gdf_document_count_problems(address))
	for i := range problems {
		index := uint32(i)
		problems[i] = Problem{
			Message: capi.Gdf_document_get_problem_message(address, index),
			Range: Range{
				capi.Gdf_document_get_problem_start(address, index),
				capi.Gdf_document_get_problem_end(address, index),
			},
		}
	}
	return problems
}

// BuilderError is the problem at which the builder itself stops; false when it accepts the syntax.
func (d *Document) BuilderError() (Problem, bool) {
	problems := d.Problems()
	index := int(get(d.handle(), capi.Gdf_document_find_builder_error))
	if index >= len(problems) {
		return Problem{}, false
	}
	return problems[index], true
}

// Directives gives the parser directives ("syntax", "escape", "check") by lower-case name.
func (d *Document) Directives() map[string]string {
	directives := map[string]string{}
	for _, node := range d.Root().Children() {
		if node.Kind() != NodeDirective {
			continue
		}
		for _, child := range node.Children() {
			if child.Kind() == NodeName {
				directives[strings.ToLower(child.Value())] = node.Value()
			}
		}
	}
	return directives
}

// Dump gives the tree as text: for people, as the builder prints it, or as JSON. An unknown format
// is ErrArgument.
func (d *Document) Dump(format DumpFormat) (string, error) {
	if _, known := dumpFormatNames[format]; !known {
		return "", ErrArgument
	}
	address := d.handle().enter()
	defer d.handle().leave(address)
	if address == 0 {
		return "", ErrClosed
	}
	return takeText(capi.Gdf_document_dump(address, int(format)))
}

// Build is what a build of the document would do, with the options of Parse. It is made once.
func (d *Document) Build() (*Build, error) {
	address := d.handle().enter()
	defer d.handle().leave(address)
	if address == 0 {
		return nil, ErrClosed
	}
	d.buildOnce.Do(func() { d.build, d.buildErr = NewBuild(d) })
	return d.build, d.buildErr
}

// Stages gives the stages of the document's Build.
func (d *Document) Stages() []Stage {
	build, err := d.Build()
	if err != nil {
		return nil
	}
	return build.Stages()
}

// Commands gives the commands that the shell text of all instructions runs, of the document's
// Build.
func (d *Document) Commands() []Command {
	build, err := d.Build()
	if err != nil {
		return nil
	}
	return build.Commands()
}
