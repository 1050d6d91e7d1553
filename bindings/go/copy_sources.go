package godockerfile

import "github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"

// CopySource is a source of COPY or ADD.
type CopySource struct {
	Kind       SourceKind
	Text       string // its path after expansion
	Part       Part
	IsFound    bool // a source of kind SourceContext is or holds a file of the context
	IsRequired bool // the builder fails unless it is there
}

// CopiedFile is a file of the context that a COPY or ADD takes.
type CopiedFile struct {
	Path   string
	Source CopySource // the first one that takes it
}

// CopySources is the sources of an instruction and the files that they take.
type CopySources struct {
	Sources []CopySource
	Files   []CopiedFile // each once, in the order of their paths
}

// Missing gives the sources of the context that take nothing because nothing is there.
func (c CopySources) Missing() []CopySource {
	var missing []CopySource
	for _, source := range c.Sources {
		if source.Kind == SourceContext && !source.IsFound {
			missing = append(missing, source)
		}
	}
	return missing
}

// CopySources looks for the sources of a COPY or ADD as the builder does. A nil project is an empty
// context.
func (b *Build) CopySources(project *Project, instruction Instruction) (CopySources, error) {
	if instruction.document != b.Document() {
		return CopySources{}, ErrArgument
	}
	address := b.handle().enter()
	defer b.handle().leave(address)
	context := project.handle().enter()
	defer project.handle().leave(context)
	if address == 0 || project != nil && context == 0 {
		return CopySources{}, ErrClosed
	}
	made := capi.Gdf_copy_sources_create(address, context, instruction.id)
	if made == 0 {
		return CopySources{}, ErrMemory
	}
	defer capi.Gdf_copy_sources_free(made)
	return b.readCopySources(made), nil
}

func (b *Build) readCopySources(made uintptr) CopySources {
	found := CopySources{
		Sources: make([]CopySource, capi.Gdf_copy_sources_count(made)),
		Files:   make([]CopiedFile, capi.Gdf_copy_sources_count_files(made)),
	}
	for i := range found.Sources {
		index := uint32(i)
		found.Sources[i] = CopySource{
			Kind:       SourceKind(capi.Gdf_copy_sources_get_kind(made, index)),
			Text:       capi.Gdf_copy_sources_get_text(made, index),
			Part:       b.Document().part(capi.Gdf_copy_sources_get_part(made, index)),
			IsFound:    capi.Gdf_copy_sources_is_found(made, index) != 0,
			IsRequired: capi.Gdf_copy_sources_is_required(made, index) != 0,
		}
	}
	for i := range found.Files {
		index := uint32(i)
		found.Files[i] = CopiedFile{
			Path:   capi.Gdf_copy_sources_get_file(made, index),
			Source: found.Sources[capi.Gdf_copy_sources_get_file_source(made, index)],
		}
	}
	return found
}
