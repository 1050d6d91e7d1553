package godockerfile

import "github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"

// Instruction is an instruction node. Questions that do not belong to its kind (the image of a
// COPY…) give zero values.
type Instruction struct {
	Node
}

// Image is an image reference taken apart; pieces that are not written are empty.
type Image struct {
	Part                              Part
	Reference                         string
	Registry, Repository, Tag, Digest string
}

// Pair is a NAME=VALUE of ENV, LABEL or ARG. HasValue is false for an ARG without default.
type Pair struct {
	Part       Part
	Key, Value string
	HasValue   bool
}

// Port is a port of EXPOSE: a number or range, and a protocol if it is written.
type Port struct {
	Part             Part
	Number, Protocol string
}

// Flag is a --name=value of an instruction. Options are the key=value pairs of a --mount or
// --device.
type Flag struct {
	Part        Part
	Name, Value string
	HasValue    bool
	Options     map[string]string
}

// InstructionKind is which instruction it is; InstructionUnknown for a keyword that the builder does
// not know.
func (i Instruction) InstructionKind() InstructionKind {
	return InstructionKind(getOf(i.handle(), capi.Gdf_node_get_instruction, i.id))
}

// Keyword is the instruction's name as typed.
func (i Instruction) Keyword() string {
	for child := i.FirstChild(); child.IsValid(); child = child.NextSibling() {
		if child.Kind() == NodeKeyword {
			return child.Value()
		}
	}
	return ""
}

// IsExecForm is true when its arguments are a JSON array.
func (i Instruction) IsExecForm() bool { return i.Flags()&NodeFlagJSON != 0 }

// Parts gives all parts in document order, outer ones before those inside them.
func (i Instruction) Parts() []Part {
	address := i.handle().enter()
	defer i.handle().leave(address)
	parts := make([]Part, capi.Gdf_instruction_count_parts(address, i.id))
	for index := range parts {
		parts[index] = i.document.part(capi.Gdf_instruction_get_part(address, i.id, uint32(index)))
	}
	return parts
}

// Find is the nth part of a kind, at any depth, or the zero Part.
func (i Instruction) Find(kind PartKind, nth int) Part {
	address := i.handle().enter()
	defer i.handle().leave(address)
	if nth < 0 {
		return Part{}
	}
	return i.document.part(capi.Gdf_instruction_find_part(address, i.id, int(kind), uint32(nth)))
}

// FindAll gives all parts of a kind, at any depth.
func (i Instruction) FindAll(kind PartKind) []Part {
	var found []Part
	for _, part := range i.Parts() {
		if part.Kind() == kind {
			found = append(found, part)
		}
	}
	return found
}

func (i Instruction) valuesOf(kind PartKind) []string {
	var values []string
	for _, part := range i.FindAll(kind) {
		values = append(values, part.Value())
	}
	return values
}

// InstructionFlags gives its flags in the order they are written.
func (i Instruction) InstructionFlags() []Flag {
	var flags []Flag
	for _, part := range i.FindAll(PartFlag) {
		flags = append(flags, flagOf(part))
	}
	return flags
}

// Flag is the first flag of a name (without dashes).
func (i Instruction) Flag(flag string) (Flag, bool) {
	terminated, err := name(flag)
	if err != nil {
		return Flag{}, false
	}
	address := i.handle().enter()
	defer i.handle().leave(address)
	part := i.document.part(capi.Gdf_instruction_find_flag(address, i.id, terminated, 0))
	return flagOf(part), part.IsValid()
}

func flagOf(part Part) Flag {
	value := part.Find(PartFlagValue, 0)
	flag := Flag{
		Part:     part,
		Name:     part.Find(PartFlagName, 0).Value(),
		Value:    value.Value(),
		HasValue: value.IsValid(),
	}
	for _, option := range part.FindAll(PartOption) {
		if flag.Options == nil {
			flag.Options = map[string]string{}
		}
		flag.Options[option.Find(PartOptionKey, 0).Value()] = option.Find(PartOptionValue, 0).Value()
	}
	return flag
}

// Heredocs gives its heredoc nodes.
func (i Instruction) Heredocs() []Node {
	var heredocs []Node
	for child := i.FirstChild(); child.IsValid(); child = child.NextSibling() {
		if child.Kind() == NodeHeredoc {
			heredocs = append(heredocs, child)
		}
	}
	return heredocs
}

// Image is the first image reference: of FROM, or of a --from.
func (i Instruction) Image() (Image, bool) {
	part := i.Find(PartImage, 0)
	return imageOf(part), part.IsValid()
}

// Images gives every image reference: of FROM, of --from and of mounts.
func (i Instruction) Images() []Image {
	var images []Image
	for _, part := range i.FindAll(PartImage) {
		images = append(images, imageOf(part))
	}
	return images
}

func imageOf(part Part) Image {
	return Image{
		Part:       part,
		Reference:  part.Value(),
		Registry:   part.Find(PartImageRegistry, 0).Value(),
		Repository: part.Find(PartImageRepository, 0).Value(),
		Tag:        part.Find(PartImageTag, 0).Value(),
		Digest:     part.Find(PartImageDigest, 0).Value(),
	}
}

// StageName is the name after AS of a FROM, as written.
func (i Instruction) StageName() string { return i.Find(PartStageName, 0).Value() }

// Platform is the value of --platform of FROM.
func (i Instruction) Platform() string { return i.flagValue("platform") }

// SourceStage is the value of --from of COPY: a stage, an image or a named context.
func (i Instruction) SourceStage() string { return i.flagValue("from") }

func (i Instruction) flagValue(name string) string {
	flag, _ := i.Flag(name)
	return flag.Value
}

// Mounts gives the options of each --mount of RUN.
func (i Instruction) Mounts() []map[string]string {
	var mounts []map[string]string
	for _, flag := range i.InstructionFlags() {
		if flag.Name == "mount" {
			mounts = append(mounts, flag.Options)
		}
	}
	return mounts
}

// HealthcheckType is CMD or NONE of HEALTHCHECK.
func (i Instruction) HealthcheckType() string { return i.Find(PartHealthcheckType, 0).Value() }

// Sources gives the sources of COPY or ADD.
func (i Instruction) Sources() []Part { return i.FindAll(PartSource) }

// Destination is the destination of COPY or ADD.
func (i Instruction) Destination() Part { return i.Find(PartDestination, 0) }

// ShellText is the shell form's text of RUN, CMD, ENTRYPOINT or HEALTHCHECK.
func (i Instruction) ShellText() string { return i.Find(PartCommand, 0).Value() }

// Arguments gives the elements of the exec form, and those of SHELL.
func (i Instruction) Arguments() []string { return i.valuesOf(PartExecArgument) }

// Commands gives the simple commands that it runs, at any depth, of the document's Build.
func (i Instruction) Commands() []Command {
	build, err := i.document.Build()
	if err != nil {
		return nil
	}
	return build.CommandsOf(i)
}

// Pairs gives what ENV, LABEL or ARG set.
func (i Instruction) Pairs() []Pair {
	var pairs []Pair
	for _, part := range i.FindAll(PartPair) {
		value := part.Find(PartValue, 0)
		pairs = append(pairs, Pair{
			Part:     part,
			Key:      part.Find(PartKey, 0).Value(),
			Value:    value.Value(),
			HasValue: value.IsValid(),
		})
	}
	return pairs
}

// Ports gives the ports of EXPOSE.
func (i Instruction) Ports() []Port {
	var ports []Port
	for _, part := range i.FindAll(PartPort) {
		ports = append(ports, Port{
			Part:     part,
			Number:   part.Find(PartPortNumber, 0).Value(),
			Protocol: part.Find(PartPortProtocol, 0).Value(),
		})
	}
	return ports
}

// User is the user name or number of USER.
func (i Instruction) User() string { return i.Find(PartUserName, 0).Value() }

// Group is the group name or number of USER.
func (i Instruction) Group() string { return i.Find(PartGroupName, 0).Value() }

// Paths gives the paths of WORKDIR or VOLUME.
func (i Instruction) Paths() []string { return i.valuesOf(PartPath) }

// Signal is the signal of STOPSIGNAL.
func (i Instruction) Signal() string { return i.Find(PartSignal, 0).Value() }

// Author is the text of MAINTAINER.
func (i Instruction) Author() string { return i.Find(PartAuthor, 0).Value() }

// Trigger is the instruction inside ONBUILD.
func (i Instruction) Trigger() (Instruction, bool) {
	for child := i.FirstChild(); child.IsValid(); child = child.NextSibling() {
		if inner, ok := child.Instruction(); ok {
			return inner, true
		}
	}
	return Instruction{}, false
}
