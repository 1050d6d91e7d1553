package godockerfile

import (
	"time"

	"github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"
)

// LineRange is lines of the file, from 1, both included.
type LineRange struct {
	First, Last int
}

// BuildFailure is the error that a build would stop at.
type BuildFailure struct {
	Message string      // in the builder's words
	Lines   []LineRange // where the builder says it is; there may be none
}

func (f *BuildFailure) Error() string { return f.Message }

// HistoryEntry is a line of the history of an image.
type HistoryEntry struct {
	CreatedBy string
	IsLayer   bool
}

// HealthConfig is how health is checked. 0 is the default of each number.
type HealthConfig struct {
	Test          []string // NONE, or CMD or CMD-SHELL and words
	Interval      time.Duration
	Timeout       time.Duration
	StartPeriod   time.Duration
	StartInterval time.Duration
	Retries       int // failures in a row that count as unhealthy
}

// Config is the OCI image config of the target of a build; empty fields are not set. With a failure
// there is no image: everything but Images is empty.
type Config struct {
	Failure     *BuildFailure // the error that the build would stop at, or nil
	IsComplete  bool          // false when a limit ended the work: what comes later is missing
	Limit       string        // which limit that was, in words that name the option where one sets it
	IsBaseKnown bool          // the config of the image at the root is known: see WithImageConfig
	Images      []string      // references that the build asks a registry for, sorted

	Architecture string // in Go's spelling, as OS
	OS           string
	OSVersion    string
	Variant      string
	Author       string // what MAINTAINER says

	User         string
	WorkingDir   string
	StopSignal   string
	Env          []string // NAME=VALUE, in the order in which the names first came
	Entrypoint   []string
	Cmd          []string
	ExposedPorts []string // port and protocol ("80/tcp"), sorted
	Volumes      []string // sorted
	Labels       map[string]string
	OnBuild      []string      // triggers for builds that are based on the image
	Shell        []string      // of the shell form; empty for the system's own
	Healthcheck  *HealthConfig // nil when there is none
	ArgsEscaped  bool          // the file has set the command

	History []HistoryEntry // from the base image on, as far as it is known

	json string
}

// JSON is the OCI image config, history included, without what only a build knows.
func (c Config) JSON() string { return c.json }

// Config works out the image config that the build would write, or the error that it would stop at:
// that is an answer, and no error of this call.
func (b *Build) Config() (Config, error) {
	address := b.handle().enter()
	defer b.handle().leave(address)
	if address == 0 {
		return Config{}, ErrClosed
	}
	made, err := withOptions(gather(b.options, nil), func(native uintptr) uintptr {
		return capi.Gdf_config_create(address, native)
	})
	if err != nil {
		return Config{}, err
	}
	defer capi.Gdf_config_free(made)
	config := readConfig(made)
	config.json, err = takeText(capi.Gdf_config_render_json(made))
	return config, err
}

func readConfig(made uintptr) Config {
	text := func(field ConfigField) string { return capi.Gdf_config_get_text(made, int(field)) }
	return Config{
		Failure:      readFailure(made),
		IsComplete:   capi.Gdf_config_is_complete(made) != 0,
		Limit:        capi.Gdf_config_get_limit(made),
		IsBaseKnown:  capi.Gdf_config_is_base_known(made) != 0,
		Images:       configItems(made, ConfigImages),
		Architecture: text(ConfigArchitecture),
		OS:           text(ConfigOS),
		OSVersion:    text(ConfigOSVersion),
		Variant:      text(ConfigVariant),
		Author:       text(ConfigAuthor),
		User:         text(ConfigUser),
		WorkingDir:   text(ConfigWorkingDir),
		StopSignal:   text(ConfigStopSignal),
		Env:          configItems(made, ConfigEnv),
		Entrypoint:   configItems(made, ConfigEntrypoint),
		Cmd:          configItems(made, ConfigCmd),
		ExposedPorts: configItems(made, ConfigExposedPorts),
		Volumes:      configItems(made, ConfigVolumes),
		Labels:       readLabels(made),
		OnBuild:      configItems(made, ConfigOnBuild),
		Shell:        configItems(made, ConfigShell),
		Healthcheck:  readHealthcheck(made),
		ArgsEscaped:  capi.Gdf_config_get_number(made, int(ConfigArgsEscaped)) != 0,
		History:      readHistory(made),
	}
}

func configItems(made uintptr, field ConfigField) []string {
	items := make([]string, capi.Gdf_config_count_items(made, int(field)))
	for i := range items {
		items[i] = capi.Gdf_config_get_item(made, int(field), uint32(i))
	}
	return items
}

func readFailure(made uintptr) *BuildFailure {
	message := capi.Gdf_config_get_error(made)
	if message == "" {
		return nil
	}
	failure := &BuildFailure{message, make([]LineRange, capi.Gdf_config_count_error_places(made))}
	for i := range failure.Lines {
		failure.Lines[i] = LineRange{
			int(capi.Gdf_config_get_error_first_line(made, uint32(i))),
			int(capi.Gdf_config_get_error_last_line(made, uint32(i))),
		}
	}
	return failure
}

func readLabels(made uintptr) map[string]string {
	labels := map[string]string{}
	for i, name := range configItems(made, ConfigLabels) {
		labels[name] = capi.Gdf_config_get_label_value(made, uint32(i))
	}
	return labels
}

func readHistory(made uintptr) []HistoryEntry {
	lines := configItems(made, ConfigHistory)
	history := make([]HistoryEntry, len(lines))
	for i, line := range lines {
		history[i] = HistoryEntry{line, capi.Gdf_config_is_layer(made, uint32(i)) != 0}
	}
	return history
}

func readHealthcheck(made uintptr) *HealthConfig {
	test := configItems(made, ConfigHealthcheckTest)
	if len(test) == 0 {
		return nil
	}
	duration := func(field ConfigField) time.Duration {
		return time.Duration(capi.Gdf_config_get_number(made, int(field)))
	}
	return &HealthConfig{
		Test:          test,
		Interval:      duration(ConfigHealthcheckInterval),
		Timeout:       duration(ConfigHealthcheckTimeout),
		StartPeriod:   duration(ConfigHealthcheckStartPeriod),
		StartInterval: duration(ConfigHealthcheckStartInterval),
		Retries:       int(capi.Gdf_config_get_number(made, int(ConfigHealthcheckRetries))),
	}
}
