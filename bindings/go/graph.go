package godockerfile

import "github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"

// Graph renders what the stages take from where. An unknown format is ErrArgument.
func (b *Build) Graph(format GraphFormat) (string, error) {
	if _, known := graphFormatNames[format]; !known {
		return "", ErrArgument
	}
	address := b.handle().enter()
	defer b.handle().leave(address)
	if address == 0 {
		return "", ErrClosed
	}
	return takeText(capi.Gdf_build_render_graph(address, int(format)))
}
