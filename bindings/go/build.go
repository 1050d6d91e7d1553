package godockerfile

import "github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"

// Build is what a build of a document with given inputs would do. Nothing is executed or fetched.
type Build struct {
	root     *root
	document *Document
	options  []Option
}

// NewBuild works out the build of a document. Build arguments, target, platform, named contexts and
// image configs come from the options.
func NewBuild(document *Document, options ...Option) (*Build, error) {
	address := document.handle().enter()
	defer document.handle().leave(address)
	if address == 0 {
		return nil, ErrClosed
	}
	made, err := withOptions(gather(document.options, options), func(native uintptr) uintptr {
		return capi.Gdf_build_create(address, native)
	})
	if err != nil {
		return nil, err
	}
	return &Build{
		root:     newRoot(made, capi.Gdf_build_free, document.root),
		document: document,
		options:  append(append([]Option(nil), document.options...), options...),
	}, nil
}

// Close gives the memory back. Calling it is optional; reading afterwards gives zero values.
func (b *Build) Close() error { return b.handle().close() }

func (b *Build) handle() *root {
	if b == nil {
		return nil
	}
	return b.root
}

// Document is the document that is built.
func (b *Build) Document() *Document {
	if b == nil {
		return nil
	}
	return b.document
}

func (b *Build) stage(id uint32) Stage {
	if id == 0 {
		return Stage{}
	}
	return Stage{b, id}
}

func (b *Build) instruction(id uint32) Instruction { return Instruction{b.Document().node(id)} }

// Stages gives the stages in file order.
func (b *Build) Stages() []Stage {
	stages := make([]Stage, get(b.handle(), capi.Gdf_build_count_stages))
	for i := range stages {
		stages[i] = Stage{b, uint32(i) + 1}
	}
	return stages
}

// Target is the stage that is built: the one named by the options, else the last.
func (b *Build) Target() Stage { return b.stage(get(b.handle(), capi.Gdf_build_get_target)) }

// FindStage is the stage with that name, or index from "0", as COPY --from looks it up.
func (b *Build) FindStage(name string) Stage {
	address := b.handle().enter()
	defer b.handle().leave(address)
	return b.stage(capi.Gdf_build_find_stage_by_name(address, name))
}

// StageOf is the stage an instruction belongs to; the zero Stage before the first FROM.
func (b *Build) StageOf(instruction Instruction) Stage {
	if instruction.document != b.Document() {
		return Stage{}
	}
	return b.stage(getOf(b.handle(), capi.Gdf_build_find_stage, instruction.id))
}

// Edge is why a stage needs another one, or an image (then Source is the zero Stage).
type Edge struct {
	Kind          EdgeKind
	Stage, Source Stage
	Reference     string
	Instruction   Instruction
}

// Edges gives all edges, stage by stage; those of ONBUILD of a base stage come behind FROM.
func (b *Build) Edges() []Edge {
	address := b.handle().enter()
	defer b.handle().leave(address)
	edges := make([]Edge, capi.Gdf_build_count_edges(address))
	for i := range edges {
		index := uint32(i)
		edges[i] = Edge{
			Kind:        EdgeKind(capi.Gdf_build_get_edge_kind(address, index)),
			Stage:       b.stage(capi.Gdf_build_get_edge_stage(address, index)),
			Source:      b.stage(capi.Gdf_build_get_edge_source(address, index)),
			Reference:   capi.Gdf_build_get_edge_reference(address, index),
			Instruction: b.instruction(capi.Gdf_build_get_edge_instruction(address, index)),
		}
	}
	return edges
}

// Commands gives all commands in file order, outer ones before inner ones.
func (b *Build) Commands() []Command {
	commands := make([]Command, get(b.handle(), capi.Gdf_build_count_commands))
	for i := range commands {
		commands[i] = Command{b, uint32(i) + 1}
	}
	return commands
}

// CommandsOf gives the commands of one instruction.
func (b *Build) CommandsOf(instruction Instruction) []Command {
	if instruction.document != b.Document() {
		return nil
	}
	first := getOf(b.handle(), capi.Gdf_build_find_command, instruction.id)
	count := getOf(b.handle(), capi.Gdf_build_count_instruction_commands, instruction.id)
	commands := make([]Command, count)
	for i := range commands {
		commands[i] = Command{b, first + uint32(i)}
	}
	return commands
}

// IsShellUnderstood is true when the shell text of the instruction was understood as a whole.
func (b *Build) IsShellUnderstood(instruction Instruction) bool {
	return instruction.document == b.Document() &&
		getOf(b.handle(), capi.Gdf_build_is_shell_understood, instruction.id) != 0
}

// Stage is a stage of a build: a small comparable value. The zero Stage is no stage.
type Stage struct {
	build *Build
	id    uint32
}

func (s Stage) handle() *root { return s.build.handle() }

// IsValid is false for the zero Stage.
func (s Stage) IsValid() bool { return s.id != 0 }

// Index is its number from 0, as COPY --from counts; -1 for the zero Stage.
func (s Stage) Index() int { return int(s.id) - 1 }

// Name is its name in lower case, or empty.
func (s Stage) Name() string { return getOf(s.handle(), capi.Gdf_stage_get_name, s.id) }

// Instruction is its FROM.
func (s Stage) Instruction() Instruction {
	return s.build.instruction(getOf(s.handle(), capi.Gdf_stage_get_instruction, s.id))
}

// Instructions gives its instructions, FROM included.
func (s Stage) Instructions() []Instruction {
	count := getOf(s.handle(), capi.Gdf_stage_count_instructions, s.id)
	instructions := make([]Instruction, count)
	for i := range instructions {
		id := getAt(s.handle(), capi.Gdf_stage_get_instruction_at, s.id, uint32(i))
		instructions[i] = s.build.instruction(id)
	}
	return instructions
}

// Base is what FROM names after expansion of global ARGs.
func (s Stage) Base() string { return getOf(s.handle(), capi.Gdf_stage_get_base, s.id) }

// BaseStage is the stage that FROM names; the zero Stage for an image.
func (s Stage) BaseStage() Stage {
	return s.build.stage(getOf(s.handle(), capi.Gdf_stage_get_base_stage, s.id))
}

// RootImage is the image at the root of the chain of FROMs, or empty when it is not known.
func (s Stage) RootImage() string { return getOf(s.handle(), capi.Gdf_stage_get_root_image, s.id) }

// Platform is --platform after expansion, or empty.
func (s Stage) Platform() string { return getOf(s.handle(), capi.Gdf_stage_get_platform, s.id) }

// IsReachable is true when a build of the target evaluates it.
func (s Stage) IsReachable() bool {
	return getOf(s.handle(), capi.Gdf_stage_is_reachable, s.id) != 0
}

// IsBaseUnknown is true when something in the base reference has no known value.
func (s Stage) IsBaseUnknown() bool {
	return getOf(s.handle(), capi.Gdf_stage_is_base_unknown, s.id) != 0
}

// User is the effective USER at its end; empty when the base image decides and is not known.
func (s Stage) User() string { return getOf(s.handle(), capi.Gdf_stage_get_user, s.id) }

// Workdir is the effective WORKDIR at its end; empty when the base image decides and is not known.
func (s Stage) Workdir() string { return getOf(s.handle(), capi.Gdf_stage_get_workdir, s.id) }

// Environment is the environment at its end, without what only the base image sets.
func (s Stage) Environment() map[string]string {
	count := getOf(s.handle(), capi.Gdf_stage_count_environment, s.id)
	environment := make(map[string]string, count)
	for index := uint32(0); index < count; index++ {
		name := getAt(s.handle(), capi.Gdf_stage_get_environment_name, s.id, index)
		environment[name] = getAt(s.handle(), capi.Gdf_stage_get_environment_value, s.id, index)
	}
	return environment
}

// Command is a simple command of shell text or of an exec form: a small comparable value.
type Command struct {
	build *Build
	id    uint32
}

func (c Command) handle() *root { return c.build.handle() }

// IsValid is false for the zero Command.
func (c Command) IsValid() bool { return c.id != 0 }

// Program is the base name of the program when it is literal, else empty.
func (c Command) Program() string { return getOf(c.handle(), capi.Gdf_command_get_program, c.id) }

// Range is its bytes in the input.
func (c Command) Range() Range {
	return Range{
		getOf(c.handle(), capi.Gdf_command_get_start, c.id),
		getOf(c.handle(), capi.Gdf_command_get_end, c.id),
	}
}

// Text is its bytes as they stand in the input.
func (c Command) Text() string { return c.build.Document().Slice(c.Range()) }

// Instruction is the instruction it stands in.
func (c Command) Instruction() Instruction {
	return c.build.instruction(getOf(c.handle(), capi.Gdf_command_get_instruction, c.id))
}

// Parent is the command whose wrapper, substitution or script holds it, or the zero Command.
func (c Command) Parent() Command {
	parent := getOf(c.handle(), capi.Gdf_command_get_parent, c.id)
	if parent == 0 {
		return Command{}
	}
	return Command{c.build, parent}
}

// Operator is what stands between it and the command before it.
func (c Command) Operator() Operator {
	return Operator(getOf(c.handle(), capi.Gdf_command_get_operator, c.id))
}

// Flags says where it stands: in a subshell, a condition, a loop…
func (c Command) Flags() CommandFlags {
	return CommandFlags(getOf(c.handle(), capi.Gdf_command_get_flags, c.id))
}

// Word is a word of a command.
type Word struct {
	Value string // quotes and escapes resolved, expansions left as written
	Role  WordRole
	Flags WordFlags
	Range Range
}

// Words gives its words in text order: assignments, name, arguments, targets of redirections.
func (c Command) Words() []Word {
	address := c.handle().enter()
	defer c.handle().leave(address)
	words := make([]Word, capi.Gdf_command_count_words(address, c.id))
	for i := range words {
		id := capi.Gdf_command_get_word(address, c.id, uint32(i))
		words[i] = Word{
			Value: capi.Gdf_word_get_value(address, id),
			Role:  WordRole(capi.Gdf_word_get_role(address, id)),
			Flags: WordFlags(capi.Gdf_word_get_flags(address, id)),
			Range: Range{capi.Gdf_word_get_start(address, id), capi.Gdf_word_get_end(address, id)},
		}
	}
	return words
}

// Arguments gives the values of its name and arguments.
func (c Command) Arguments() []string {
	var arguments []string
	for _, word := range c.Words() {
		if word.Role == WordArgument {
			arguments = append(arguments, word.Value)
		}
	}
	return arguments
}
