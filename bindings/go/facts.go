package godockerfile

import (
	"time"

	"github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"
)

// FactsDate is the day the tables of images and releases were compiled, as "2006-01-02". Show it
// with an answer of EndOfLife or SuggestReference.
func FactsDate() string { return capi.Gdf_facts_get_date() }

// EndOfLife is the day on which support ends for an image such as "golang:1.22-bookworm"; false when
// the image is not known or no day is set.
func EndOfLife(reference string) (time.Time, bool) {
	day := int(capi.Gdf_facts_find_end_of_life(reference))
	if day == 0 {
		return time.Time{}, false
	}
	return time.Date(day/10000, time.Month(day/100%100), day%100, 0, 0, 0, 0, time.UTC), true
}

// SuggestReference is a reference to write in place of one whose tag moves or has ended; empty when
// there is nothing to suggest.
func SuggestReference(reference string, options ...Option) (string, error) {
	suggestion, err := withOptions(gather(nil, options), func(native uintptr) uintptr {
		return capi.Gdf_facts_suggest_reference(reference, native)
	})
	if err != nil {
		return "", err
	}
	return takeText(suggestion)
}

// Version is the version of the C library.
func Version() string { return capi.Gdf_version() }
