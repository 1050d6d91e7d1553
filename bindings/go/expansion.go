package godockerfile

import "github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"

// Variable is a variable as an instruction sees it.
type Variable struct {
	Name   string
	State  VariableState
	Value  string // empty unless the state is VariableSet
	Origin VariableOrigin
	// OriginPart is the pair of the ENV or ARG that the value is written in, or the zero Part.
	OriginPart Part
	// Declaration is the pair of the ENV or ARG that assigned or declared the name last.
	Declaration Part
}

// Reference is a $name or ${name…} that was evaluated.
type Reference struct {
	Variable
	Range Range // in the file; in the text, when a text was expanded
}

// Expansion is what the builder makes of a text.
type Expansion struct {
	Mode       ExpansionMode
	Text       string // empty when the builder refuses the text or it grows over the limit
	IsCertain  bool   // false when it hangs on something that is not known here
	Error      string // the builder's refusal in its words, or empty
	Words      []string
	References []Reference // in text order, outer ones before inner ones
}

// ExpansionMode says what the builder does with the variables of the part.
func (p Part) ExpansionMode() ExpansionMode {
	return ExpansionMode(getOf(p.handle(), capi.Gdf_part_get_expansion_mode, p.id))
}

// Expand gives a part as the builder expands it in front of its instruction.
func (b *Build) Expand(part Part) (Expansion, error) {
	if part.document != b.Document() {
		return Expansion{}, ErrArgument
	}
	return b.expansion(func(address uintptr) uintptr {
		return capi.Gdf_expansion_create(address, part.id)
	})
}

// ExpandText expands any text as one word in front of an instruction.
func (b *Build) ExpandText(text string, instruction Instruction) (Expansion, error) {
	if instruction.document != b.Document() {
		return Expansion{}, ErrArgument
	}
	return b.expansion(func(address uintptr) uintptr {
		return capi.Gdf_expansion_create_text(address, instruction.id, text)
	})
}

func (b *Build) expansion(create func(build uintptr) uintptr) (Expansion, error) {
	address := b.handle().enter()
	defer b.handle().leave(address)
	if address == 0 {
		return Expansion{}, ErrClosed
	}
	made := create(address)
	if made == 0 {
		return Expansion{}, ErrMemory
	}
	defer capi.Gdf_expansion_free(made)
	expansion := Expansion{
		Mode:       ExpansionMode(capi.Gdf_expansion_get_mode(made)),
		Text:       capi.Gdf_expansion_get_text(made),
		IsCertain:  capi.Gdf_expansion_is_certain(made) != 0,
		Error:      capi.Gdf_expansion_get_error(made),
		Words:      make([]string, capi.Gdf_expansion_count_words(made)),
		References: make([]Reference, capi.Gdf_expansion_count_references(made)),
	}
	for i := range expansion.Words {
		expansion.Words[i] = capi.Gdf_expansion_get_word(made, uint32(i))
	}
	for i := range expansion.References {
		expansion.References[i] = b.reference(made, uint32(i))
	}
	return expansion, nil
}

func (b *Build) reference(made uintptr, index uint32) Reference {
	document := b.Document()
	return Reference{
		Variable: Variable{
			Name:        capi.Gdf_expansion_get_reference_name(made, index),
			State:       VariableState(capi.Gdf_expansion_get_reference_state(made, index)),
			Value:       capi.Gdf_expansion_get_reference_value(made, index),
			Origin:      VariableOrigin(capi.Gdf_expansion_get_reference_origin(made, index)),
			OriginPart:  document.part(capi.Gdf_expansion_get_reference_origin_part(made, index)),
			Declaration: document.part(capi.Gdf_expansion_get_reference_declaration(made, index)),
		},
		Range: Range{
			capi.Gdf_expansion_get_reference_start(made, index),
			capi.Gdf_expansion_get_reference_end(made, index),
		},
	}
}

// Variable is the variable of that name in front of an instruction.
func (b *Build) Variable(name string, instruction Instruction) Variable {
	document := b.Document()
	if instruction.document != document {
		return Variable{Name: name}
	}
	address := b.handle().enter()
	defer b.handle().leave(address)
	node := instruction.id
	return Variable{
		Name:        name,
		State:       VariableState(capi.Gdf_build_get_variable_state(address, node, name)),
		Value:       capi.Gdf_build_get_variable_value(address, node, name),
		Origin:      VariableOrigin(capi.Gdf_build_get_variable_origin(address, node, name)),
		OriginPart:  document.part(capi.Gdf_build_get_variable_origin_part(address, node, name)),
		Declaration: document.part(capi.Gdf_build_get_variable_declaration(address, node, name)),
	}
}
