//go:build go1.24

package godockerfile

import "runtime"

func closeWhenUnreachable(r *root) {
	runtime.AddCleanup(r, (*state).close, r.state)
}
