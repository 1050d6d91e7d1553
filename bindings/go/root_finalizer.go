//go:build !go1.24

package godockerfile

import "runtime"

func closeWhenUnreachable(r *root) {
	runtime.SetFinalizer(r, func(r *root) { r.state.close() })
}
