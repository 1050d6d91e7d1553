package godockerfile

import (
	"errors"
	"strings"

	"github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"
)

// Error is a failure that the library reports. Compare with errors.Is: two errors with the same
// code are the same.
type Error struct {
	Code    Code
	Message string

	cause error // what the operating system says, or nil
}

func (e *Error) Error() string { return "godockerfile: " + e.Message }

// Unwrap is what the operating system says of a file or directory that cannot be read, or nil.
func (e *Error) Unwrap() error { return e.cause }

// Is reports whether target is an Error with the same code.
func (e *Error) Is(target error) bool {
	other, ok := target.(*Error)
	return ok && other.Code == e.Code
}

// The errors of the library, for errors.Is.
var (
	// ErrMemory: memory was short; nothing was changed.
	ErrMemory error = newError(CodeMemory, "out of memory")
	// ErrArgument: a value outside its documented range, or a node of another kind or document.
	ErrArgument error = newError(CodeArgument, "bad argument")
	// ErrConflict: an edit overlaps an earlier one of the same list.
	ErrConflict error = newError(CodeConflict, "overlapping edits")
	// ErrLimit: a limit of the options was reached.
	ErrLimit error = newError(CodeLimit, "limit reached")
	// ErrIO: a file or directory could not be read.
	ErrIO error = newError(CodeIO, "cannot read")
	// ErrUnknown: no rule, option or profile has that name.
	ErrUnknown error = newError(CodeUnknown, "unknown name")
	// ErrClosed: the object was closed before.
	ErrClosed = errors.New("godockerfile: already closed")
)

func newError(code Code, message string) *Error { return &Error{Code: code, Message: message} }

// statusError is the error of a status, with what was tried; nil when all went well.
func statusError(status int, what string) error {
	if Code(status) == CodeOK {
		return nil
	}
	return newError(Code(status), what+": "+capi.Gdf_status_message(status))
}

// name ends a string for a C function that takes no length.
func name(text string) (string, error) {
	if strings.IndexByte(text, 0) >= 0 {
		return "", newError(CodeArgument, "a name cannot hold a NUL")
	}
	return text + "\x00", nil
}

// takeText gives the content of an owned text and frees it.
func takeText(text uintptr) (string, error) {
	if text == 0 {
		return "", ErrMemory
	}
	defer capi.Gdf_text_free(text)
	return capi.Gdf_text_get(text), nil
}
