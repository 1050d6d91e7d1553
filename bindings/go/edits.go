package godockerfile

import "github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"

// Edits is a list of changes that are applied at once; the document itself never changes. A change
// that overlaps an earlier one gives ErrConflict, one that cannot be made where it is asked for gives
// ErrArgument; both leave the list as it was.
type Edits struct {
	root     *root
	document *Document
}

// NewEdits is an empty list for a document.
func NewEdits(document *Document) (*Edits, error) {
	address := document.handle().enter()
	defer document.handle().leave(address)
	if address == 0 {
		return nil, ErrClosed
	}
	made := newRoot(capi.Gdf_edits_create(address), capi.Gdf_edits_free, document.root)
	if made == nil {
		return nil, ErrMemory
	}
	return &Edits{made, document}, nil
}

// Close gives the memory back. Calling it is optional.
func (e *Edits) Close() error { return e.handle().close() }

func (e *Edits) handle() *root {
	if e == nil {
		return nil
	}
	return e.root
}

func (e *Edits) change(what string, call func(address uintptr) int) error {
	address := e.handle().enter()
	defer e.handle().leave(address)
	if address == 0 {
		return ErrClosed
	}
	return statusError(call(address), what)
}

// changeAt changes something about a node of the list's own document.
func (e *Edits) changeAt(instruction Instruction, what string,
	call func(address uintptr, node uint32) int) error {
	if e != nil && instruction.document != e.document {
		return newError(CodeArgument, what+": the node belongs to another document")
	}
	return e.change(what, func(address uintptr) int { return call(address, instruction.id) })
}

// Replace replaces the bytes of a range; an empty range inserts, an empty text removes.
func (e *Edits) Replace(place Range, text string) error {
	return e.change("replace", func(address uintptr) int {
		return capi.Gdf_edits_replace(address, place.Start, place.End, text)
	})
}

// List gives the changes, sorted by start.
func (e *Edits) List() []TextEdit {
	address := e.handle().enter()
	defer e.handle().leave(address)
	edits := make([]TextEdit, capi.Gdf_edits_count(address))
	for i := range edits {
		index := uint32(i)
		edits[i] = TextEdit{
			Range: Range{
				capi.Gdf_edits_get_start(address, index),
				capi.Gdf_edits_get_end(address, index),
			},
			Text: capi.Gdf_edits_get_text(address, index),
		}
	}
	return edits
}

// Apply gives the document's text with all changes made.
func (e *Edits) Apply() (string, error) {
	address := e.handle().enter()
	defer e.handle().leave(address)
	if address == 0 {
		return "", ErrClosed
	}
	return takeText(capi.Gdf_edits_apply(address))
}

// SetPart replaces the value of a part that stands in the file as it is (PartFlagExact).
func (e *Edits) SetPart(part Part, value string) error {
	if e != nil && part.document != e.document {
		return newError(CodeArgument, "part: it belongs to another document")
	}
	return e.change("part", func(address uintptr) int {
		return capi.Gdf_edits_set_part(address, part.id, value)
	})
}

// SetImageTag sets or adds the tag of a FROM; a digest is removed, since it names another image.
func (e *Edits) SetImageTag(from Instruction, tag string) error {
	return e.changeAt(from, "tag", func(address uintptr, node uint32) int {
		return capi.Gdf_edits_set_image_tag(address, node, tag)
	})
}

// SetImageDigest sets or adds the digest ("sha256:…") of a FROM, keeping the tag.
func (e *Edits) SetImageDigest(from Instruction, digest string) error {
	return e.changeAt(from, "digest", func(address uintptr, node uint32) int {
		return capi.Gdf_edits_set_image_digest(address, node, digest)
	})
}

// SetStageName sets or adds the stage name of a FROM; references to an old name are not changed.
func (e *Edits) SetStageName(from Instruction, stage string) error {
	return e.changeAt(from, "stage name", func(address uintptr, node uint32) int {
		return capi.Gdf_edits_set_stage_name(address, node, stage)
	})
}

// SetFlag sets --flag=value, replacing the first flag of that name. The value is what the builder
// shall read: it is quoted as needed.
func (e *Edits) SetFlag(instruction Instruction, flag, value string) error {
	terminated, err := name(flag)
	if err != nil {
		return err
	}
	return e.changeAt(instruction, "flag "+flag, func(address uintptr, node uint32) int {
		return capi.Gdf_edits_set_flag(address, node, terminated, value)
	})
}

// SetBareFlag sets --flag without a value, replacing the first flag of that name.
func (e *Edits) SetBareFlag(instruction Instruction, flag string) error {
	terminated, err := name(flag)
	if err != nil {
		return err
	}
	return e.changeAt(instruction, "flag "+flag, func(address uintptr, node uint32) int {
		return capi.Gdf_edits_set_bare_flag(address, node, terminated)
	})
}

// RemoveFlag removes every flag of that name.
func (e *Edits) RemoveFlag(instruction Instruction, flag string) error {
	terminated, err := name(flag)
	if err != nil {
		return err
	}
	return e.changeAt(instruction, "flag "+flag, func(address uintptr, node uint32) int {
		return capi.Gdf_edits_remove_flag(address, node, terminated)
	})
}

// SetPair sets the value of a name that an ENV, LABEL or ARG has, quoting it as needed.
func (e *Edits) SetPair(instruction Instruction, key, value string) error {
	terminated, err := name(key)
	if err != nil {
		return err
	}
	return e.changeAt(instruction, "key "+key, func(address uintptr, node uint32) int {
		return capi.Gdf_edits_set_pair(address, node, terminated, value)
	})
}

// InsertBefore inserts lines in front of an instruction and the comments attached to it.
func (e *Edits) InsertBefore(instruction Instruction, text string) error {
	return e.changeAt(instruction, "insert", func(address uintptr, node uint32) int {
		return capi.Gdf_edits_insert_before(address, node, text)
	})
}

// InsertAfter inserts lines behind an instruction.
func (e *Edits) InsertAfter(instruction Instruction, text string) error {
	return e.changeAt(instruction, "insert", func(address uintptr, node uint32) int {
		return capi.Gdf_edits_insert_after(address, node, text)
	})
}

// Remove removes an instruction with its lines; comments above it stay.
func (e *Edits) Remove(instruction Instruction) error {
	return e.changeAt(instruction, "remove", func(address uintptr, node uint32) int {
		return capi.Gdf_edits_remove_instruction(address, node)
	})
}
