package godockerfile

import "github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"

// IgnoreFile is an ignore file (.dockerignore) as the builder reads it.
type IgnoreFile struct {
	root *root
}

// IgnorePattern is a pattern of an ignore file. The zero IgnorePattern is no pattern.
type IgnorePattern struct {
	Text        string // as the builder compares it: clean, no slash in front, no `!`
	IsException bool   // it begins with `!`: it brings paths back
	Range       Range  // in the file, blanks around it left out
	Line        int    // from 1
}

// ParseIgnoreFile reads an ignore file.
func ParseIgnoreFile(source []byte) (*IgnoreFile, error) {
	made := newRoot(capi.Gdf_ignore_parse(string(source), 0), capi.Gdf_ignore_free, nil)
	if made == nil {
		return nil, ErrMemory
	}
	return &IgnoreFile{made}, nil
}

// Close gives the memory back. Calling it is optional; reading afterwards gives zero values.
func (f *IgnoreFile) Close() error { return f.handle().close() }

func (f *IgnoreFile) handle() *root {
	if f == nil {
		return nil
	}
	return f.root
}

// Refusal is why the builder refuses the file, in its words, or empty. A file that is refused leaves
// nothing out.
func (f *IgnoreFile) Refusal() string { return get(f.handle(), capi.Gdf_ignore_get_error) }

// Patterns gives the patterns in file order.
func (f *IgnoreFile) Patterns() []IgnorePattern {
	address := f.handle().enter()
	defer f.handle().leave(address)
	patterns := make([]IgnorePattern, capi.Gdf_ignore_count_patterns(address))
	for i := range patterns {
		patterns[i] = ignorePattern(address, uint32(i))
	}
	return patterns
}

func ignorePattern(address uintptr, index uint32) IgnorePattern {
	return IgnorePattern{
		Text:        capi.Gdf_ignore_get_pattern(address, index),
		IsException: capi.Gdf_ignore_is_exception(address, index) != 0,
		Range: Range{
			capi.Gdf_ignore_get_pattern_start(address, index),
			capi.Gdf_ignore_get_pattern_end(address, index),
		},
		Line: int(capi.Gdf_ignore_get_pattern_line(address, index)),
	}
}

// Match is true when the file or directory is left out of the context. The path is relative to it.
func (f *IgnoreFile) Match(path string) bool {
	return get(f.handle(), func(address uintptr) int {
		return capi.Gdf_ignore_match(address, path)
	}) != 0
}

// Deciding is the pattern that decides on a path: the last one that matches it or one of its
// parents; false when none does.
func (f *IgnoreFile) Deciding(path string) (IgnorePattern, bool) {
	address := f.handle().enter()
	defer f.handle().leave(address)
	index := capi.Gdf_ignore_find_pattern(address, path)
	if index >= capi.Gdf_ignore_count_patterns(address) {
		return IgnorePattern{}, false
	}
	return ignorePattern(address, index), true
}
