package godockerfile

import (
	"time"

	"github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"
)

// Option is a choice for Parse, NewBuild, Check or Fix. The options of Parse hold for everything
// that is made from the document, too; later options win.
type Option func(*settings)

type settings struct {
	numbers []number
	texts   []text
	images  []image
	rules   *RuleSet
	project *Project
}

type number struct {
	option OptionID
	value  uint64
}

type text struct {
	option OptionID
	value  string
}

type image struct {
	reference, config string
}

// WithNumber sets a numeric option of the library. A value out of its range is ErrArgument.
func WithNumber(option OptionID, value uint64) Option {
	return func(s *settings) { s.numbers = append(s.numbers, number{option, value}) }
}

// WithText sets a text option of the library, or adds a value to one that has several.
func WithText(option OptionID, value string) Option {
	return func(s *settings) { s.texts = append(s.texts, text{option, value}) }
}

// WithFileName names the input in messages and reports.
func WithFileName(name string) Option { return WithText(OptionFileName, name) }

// WithContextPath says where the input lies in the build context, when its name does not.
func WithContextPath(path string) Option { return WithText(OptionContextPath, path) }

// WithBuildArg gives a build argument.
func WithBuildArg(name, value string) Option { return WithText(OptionBuildArg, name+"="+value) }

// WithTarget names the stage to build.
func WithTarget(stage string) Option { return WithText(OptionTarget, stage) }

// WithPlatform sets the target platform, for example "linux/arm64".
func WithPlatform(platform string) Option { return WithText(OptionPlatform, platform) }

// WithNamedContext names a further build context.
func WithNamedContext(name string) Option { return WithText(OptionNamedContext, name) }

// WithImageConfig gives the config of a base image: its OCI config as JSON, or what `docker image
// inspect` prints of it. Anything else is ErrArgument.
func WithImageConfig(reference, config string) Option {
	return func(s *settings) { s.images = append(s.images, image{reference, config}) }
}

// WithMissingImage says that the registry does not have an image.
func WithMissingImage(reference string) Option { return WithText(OptionImageConfig, reference) }

// WithFixRule limits a Fix to a rule, by code, name or alias; it may be given several times. A rule
// that does not exist is ErrUnknown.
func WithFixRule(rule string) Option { return WithText(OptionFixRule, rule) }

// WithSuggestedFixes makes Fix apply fixes of class suggested, too.
func WithSuggestedFixes() Option { return WithNumber(OptionFixSuggested, 1) }

// WithoutBugfixes makes Fix leave out fixes of class bugfix.
func WithoutBugfixes() Option { return WithNumber(OptionFixBugfix, 0) }

// WithColor makes text reports and diffs carry ANSI colours.
func WithColor() Option { return WithNumber(OptionColor, 1) }

// WithNow sets the day that dated facts are judged by; one before 1970 is ErrArgument. Without it
// that is the day of the facts.
func WithNow(day time.Time) Option {
	return WithNumber(OptionNow, uint64(day.Unix())) // a negative number is out of range, too
}

// WithRuleSet chooses the rules of Check and Fix; without it those of profile production apply.
func WithRuleSet(rules *RuleSet) Option {
	return func(s *settings) { s.rules = rules }
}

// WithProject tells Check and Fix what is in the build context.
func WithProject(project *Project) Option {
	return func(s *settings) { s.project = project }
}

// native makes the C options; the caller frees them. 0 stands for all defaults.
func (s *settings) native() (uintptr, error) {
	if len(s.numbers) == 0 && len(s.texts) == 0 && len(s.images) == 0 {
		return 0, nil
	}
	native := capi.Gdf_options_create()
	if native == 0 {
		return 0, ErrMemory
	}
	if err := s.set(native); err != nil {
		capi.Gdf_options_free(native)
		return 0, err
	}
	return native, nil
}

func (s *settings) set(native uintptr) error {
	for _, set := range s.numbers {
		status := capi.Gdf_options_set_number(native, int(set.option), set.value)
		if err := statusError(status, "option "+set.option.String()); err != nil {
			return err
		}
	}
	for _, set := range s.texts {
		if set.option == OptionFixRule && capi.Gdf_rule_find(set.value) == 0 {
			return statusError(int(CodeUnknown), "rule "+set.value)
		}
		status := capi.Gdf_options_set_text(native, int(set.option), set.value)
		if err := statusError(status, "option "+set.option.String()); err != nil {
			return err
		}
	}
	for _, set := range s.images {
		status := capi.Gdf_options_add_image_config(native, set.reference, set.config)
		if err := statusError(status, "config of image "+set.reference); err != nil {
			return err
		}
	}
	return nil
}

func gather(first, second []Option) *settings {
	gathered := &settings{}
	for _, options := range [][]Option{first, second} {
		for _, option := range options {
			if option != nil {
				option(gathered)
			}
		}
	}
	return gathered
}

// withOptions runs a function of the C library that takes options.
func withOptions(chosen *settings, call func(options uintptr) uintptr) (uintptr, error) {
	options, err := chosen.native()
	if err != nil {
		return 0, err
	}
	defer capi.Gdf_options_free(options)
	made := call(options)
	if made == 0 {
		return 0, ErrMemory
	}
	return made, nil
}
