package godockerfile

import (
	"os"
	"path/filepath"

	"github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"
)

// Project is the build context, as far as the caller tells of it. Rules that need to know it are
// silent without a project. Add all files before it is used.
type Project struct {
	root *root
}

// NewProject is an empty context.
func NewProject() (*Project, error) {
	made := newRoot(capi.Gdf_project_create(0), capi.Gdf_project_free, nil)
	if made == nil {
		return nil, ErrMemory
	}
	return &Project{made}, nil
}

// Close gives the memory back. Calling it is optional.
func (p *Project) Close() error { return p.handle().close() }

func (p *Project) handle() *root {
	if p == nil {
		return nil
	}
	return p.root
}

// AddFile adds a file by its path from the context root; the content may be nil.
func (p *Project) AddFile(path string, content []byte) error {
	address := p.handle().enter()
	defer p.handle().leave(address)
	if address == 0 {
		return ErrClosed
	}
	return statusError(capi.Gdf_project_add_file(address, path, string(content)), "file "+path)
}

// AddDirectory adds all paths below a directory, and the contents of ignore files and module files.
// ErrIO means that something in it cannot be read, which the error names (the rest is there; errors.Is
// finds what the operating system says, such as fs.ErrNotExist), ErrLimit that it holds too many
// files.
func (p *Project) AddDirectory(directory string) error {
	terminated, err := name(directory)
	if err != nil {
		return err
	}
	address := p.handle().enter()
	defer p.handle().leave(address)
	if address == 0 {
		return ErrClosed
	}
	status := capi.Gdf_project_add_directory(address, terminated)
	what, path := "directory "+directory, directory
	if unreadable := capi.Gdf_project_get_unreadable(address); unreadable != "" {
		path = filepath.Join(directory, unreadable)
		what = path
	}
	if Code(status) == CodeIO {
		return &Error{CodeIO, what + ": " + capi.Gdf_status_message(status), whyUnreadable(path)}
	}
	return statusError(status, what)
}

// whyUnreadable is what the operating system says of a path, which the C library does not tell.
func whyUnreadable(path string) error {
	file, err := os.Open(path)
	if err == nil {
		err = file.Close()
	}
	return err
}

// Files gives the paths.
func (p *Project) Files() []string {
	address := p.handle().enter()
	defer p.handle().leave(address)
	files := make([]string, capi.Gdf_project_count_files(address))
	for i := range files {
		files[i] = capi.Gdf_project_get_path(address, uint32(i))
	}
	return files
}

// HasFile is true when the file is in the context.
func (p *Project) HasFile(path string) bool {
	return get(p.handle(), func(address uintptr) int {
		return capi.Gdf_project_has_file(address, path)
	}) != 0
}

// Content is the content of a file, empty when it is unknown.
func (p *Project) Content(path string) string {
	return get(p.handle(), func(address uintptr) string {
		return capi.Gdf_project_get_content(address, path)
	})
}

// IgnoreFile is the ignore file that a build of that Dockerfile uses, or empty.
func (p *Project) IgnoreFile(dockerfile string) string {
	return get(p.handle(), func(address uintptr) string {
		return capi.Gdf_project_find_ignore_file(address, dockerfile)
	})
}
