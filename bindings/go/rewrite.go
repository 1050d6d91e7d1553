package godockerfile

import "github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"

// Rewrite is the result of applying fixes.
type Rewrite struct {
	root    *root
	options []Option
}

// Applied is a fix that was made.
type Applied struct {
	Rule  Rule
	Class FixClass
	Title string
}

// Withheld is a fix that was not made, because its proof failed.
type Withheld struct {
	Rule   Rule
	Reason string
}

// Fix applies the fixes that the options allow. Every applied fix was proven by parsing and checking
// the result again. Nothing is written to disk.
func Fix(document *Document, options ...Option) (*Rewrite, error) {
	made, err := analyse(document, options, nil, capi.Gdf_rewrite_free, capi.Gdf_rewrite_create)
	if err != nil {
		return nil, err
	}
	return &Rewrite{
		root:    made,
		options: append(append([]Option(nil), document.options...), options...),
	}, nil
}

// Close gives the memory back. Calling it is optional; reading afterwards gives zero values.
func (r *Rewrite) Close() error { return r.handle().close() }

func (r *Rewrite) handle() *root {
	if r == nil {
		return nil
	}
	return r.root
}

// Original is the text before.
func (r *Rewrite) Original() string { return get(r.handle(), capi.Gdf_rewrite_get_original) }

// Text is the text after.
func (r *Rewrite) Text() string { return get(r.handle(), capi.Gdf_rewrite_get_text) }

// Changed is true when the text changed.
func (r *Rewrite) Changed() bool { return get(r.handle(), capi.Gdf_rewrite_is_changed) != 0 }

// Applied gives the fixes made, in order.
func (r *Rewrite) Applied() []Applied {
	address := r.handle().enter()
	defer r.handle().leave(address)
	applied := make([]Applied, capi.Gdf_rewrite_count_applied(address))
	for i := range applied {
		index := uint32(i)
		applied[i] = Applied{
			Rule:  Rule{capi.Gdf_rewrite_get_applied_rule(address, index)},
			Class: FixClass(capi.Gdf_rewrite_get_applied_class(address, index)),
			Title: capi.Gdf_rewrite_get_applied_title(address, index),
		}
	}
	return applied
}

// Withheld gives the fixes whose proof failed.
func (r *Rewrite) Withheld() []Withheld {
	address := r.handle().enter()
	defer r.handle().leave(address)
	withheld := make([]Withheld, capi.Gdf_rewrite_count_withheld(address))
	for i := range withheld {
		index := uint32(i)
		withheld[i] = Withheld{
			Rule:   Rule{capi.Gdf_rewrite_get_withheld_rule(address, index)},
			Reason: capi.Gdf_rewrite_get_withheld_reason(address, index),
		}
	}
	return withheld
}

// Files gives the new files that fixes want in the build context: path from its root to content.
func (r *Rewrite) Files() map[string]string {
	address := r.handle().enter()
	defer r.handle().leave(address)
	files := map[string]string{}
	for index := uint32(0); index < capi.Gdf_rewrite_count_files(address); index++ {
		name := capi.Gdf_rewrite_get_file_name(address, index)
		files[name] = capi.Gdf_rewrite_get_file_content(address, index)
	}
	return files
}

// Diff is the unified diff from the original to the result; empty when nothing changed.
func (r *Rewrite) Diff(options ...Option) (string, error) {
	address := r.handle().enter()
	defer r.handle().leave(address)
	if address == 0 {
		return "", ErrClosed
	}
	text, err := withOptions(gather(r.options, options), func(native uintptr) uintptr {
		return capi.Gdf_rewrite_render_diff(address, native)
	})
	if err != nil {
		return "", err
	}
	return takeText(text)
}
