package godockerfile

import "sync/atomic"

// state is an object of the C library. It is freed when its owner has let go and no call is using
// it, so that closing, collecting and reading at the same time are safe in every order. (That takes
// the place of runtime.KeepAlive after each call.)
type state struct {
	address uintptr
	users   int64 // calls that are running, children that read it, and 1 for the owner
	closed  int32
	free    func(uintptr)
	parent  *state // what the C object reads, or nil
}

// root is what an object of this package holds: when it is unreachable the state is closed.
type root struct {
	state *state
}

// newRoot takes over a C object; nil when there is none, which means that memory was short. The
// caller is using the parent, which may have been closed meanwhile: it is freed after the object.
func newRoot(address uintptr, free func(uintptr), parent *root) *root {
	if address == 0 {
		return nil
	}
	owned := &state{address: address, users: 1, free: free}
	if parent != nil {
		owned.parent = parent.state
		atomic.AddInt64(&parent.state.users, 1)
	}
	made := &root{state: owned}
	closeWhenUnreachable(made)
	return made
}

// acquire gives the address for one call, or 0 when the object is closed.
func (s *state) acquire() uintptr {
	for atomic.LoadInt32(&s.closed) == 0 {
		users := atomic.LoadInt64(&s.users)
		if users == 0 {
			return 0
		}
		if atomic.CompareAndSwapInt64(&s.users, users, users+1) {
			return s.address
		}
	}
	return 0
}

func (s *state) release() {
	for s != nil && atomic.AddInt64(&s.users, -1) == 0 {
		s.free(s.address)
		s = s.parent
	}
}

func (s *state) close() {
	if atomic.CompareAndSwapInt32(&s.closed, 0, 1) {
		s.release()
	}
}

func (r *root) enter() uintptr {
	if r == nil {
		return 0
	}
	return r.state.acquire()
}

func (r *root) leave(address uintptr) {
	if address != 0 {
		r.state.release()
	}
}

func (r *root) close() error {
	if r != nil {
		r.state.close()
	}
	return nil
}

// get asks the C object something.
func get[T any](r *root, question func(uintptr) T) T {
	address := r.enter()
	defer r.leave(address)
	return question(address)
}

// getOf asks about one inner thing of the object.
func getOf[T any](r *root, question func(uintptr, uint32) T, id uint32) T {
	address := r.enter()
	defer r.leave(address)
	return question(address, id)
}

// getAt asks about one item of an inner thing.
func getAt[T any](r *root, question func(uintptr, uint32, uint32) T, id, index uint32) T {
	address := r.enter()
	defer r.leave(address)
	return question(address, id, index)
}
