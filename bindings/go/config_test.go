package godockerfile

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

const baseConfig = `{"architecture":"arm64","os":"linux","config":{"User":"app","Env":["A=1"]}}`

func mustConfigure(t *testing.T, source string, options ...Option) Config {
	t.Helper()
	build, err := NewBuild(mustParse(t, source), options...)
	must(t, err)
	config, err := build.Config()
	must(t, err)
	return config
}

func TestConfigOfAGoImage(t *testing.T) {
	config := configOf(t, mustParse(t, goImage))
	equal(t, "failure", config.Failure, (*BuildFailure)(nil))
	equal(t, "base known", config.IsBaseKnown, true)
	equal(t, "entry point", config.Entrypoint[0], "/app")
	equal(t, "health", config.Healthcheck, (*HealthConfig)(nil))
	equal(t, "layer", config.History[0].IsLayer, true)
}

func TestALimitIsNamed(t *testing.T) {
	const source = "FROM scratch\nENV A=12345678\nUSER $A$A\n"
	config := mustConfigure(t, source, WithNumber(OptionMaxExpansion, 15))
	equal(t, "complete", config.IsComplete, false)
	equal(t, "limit", strings.Contains(config.Limit, "max-expansion"), true)
	equal(t, "no limit", mustConfigure(t, source).Limit, "")
}

func TestHealthIsCheckedInDurations(t *testing.T) {
	config := mustConfigure(t, "FROM scratch\nHEALTHCHECK --interval=1m --retries=2 CMD [\"/a\"]\n")
	equal(t, "health", config.Healthcheck,
		&HealthConfig{Test: []string{"CMD", "/a"}, Interval: time.Minute, Retries: 2})
}

func TestAConfigTakesTheOptionsOfItsBuild(t *testing.T) {
	const source = "FROM scratch AS a\nARG V=1\nLABEL V=$V\nFROM scratch\n"
	options := []Option{WithTarget("a"), WithBuildArg("V", "2"), WithPlatform("linux/s390x")}
	config := mustConfigure(t, source, options...)
	equal(t, "architecture", config.Architecture, "s390x")
	equal(t, "labels", config.Labels, map[string]string{"V": "2"})
	equal(t, "of the document", configOf(t, mustParse(t, source, options...)), config)
}

func TestConfigOfTheBaseImage(t *testing.T) {
	const source = "FROM example.org/base\nLABEL A=$A\n"
	equal(t, "known", mustConfigure(t, source).IsBaseKnown, false)
	for _, given := range []string{baseConfig, "[" + baseConfig + "]"} {
		config := mustConfigure(t, source, WithImageConfig("example.org/base", given))
		equal(t, "known", config.IsBaseKnown, true)
		equal(t, "user", config.User, "app")
		equal(t, "labels", config.Labels, map[string]string{"A": "1"})
	}
	for _, given := range []string{"", "{}", `{"schemaVersion":2}`} {
		_, err := NewBuild(mustParse(t, source), WithImageConfig("a", given))
		if !errors.Is(err, ErrArgument) {
			t.Errorf("%q: %v", given, err)
		}
	}
}

func TestABuildFailureIsNoErrorOfTheCall(t *testing.T) {
	config := mustConfigure(t, "FROM a:1\n", WithMissingImage("a:1"))
	var failure error = config.Failure
	equal(t, "message", failure.Error(), "a:1: docker.io/library/a:1: not found")
	equal(t, "lines", config.Failure.Lines, []LineRange{{1, 1}})
	equal(t, "images", config.Images, []string{"docker.io/library/a:1"})
}

func TestJSONOfAConfig(t *testing.T) {
	config := mustConfigure(t, "FROM scratch\nUSER app\n")
	var image struct {
		Config  struct{ User string }
		History []map[string]any
	}
	if err := json.Unmarshal([]byte(config.JSON()), &image); err != nil {
		t.Fatal(err)
	}
	equal(t, "user", image.Config.User, "app")
	equal(t, "history", image.History,
		[]map[string]any{{"created_by": "USER app", "empty_layer": true}})
}

func TestAClosedBuildHasNoConfig(t *testing.T) {
	build, err := NewBuild(mustParse(t, "FROM scratch\n"))
	if err != nil {
		t.Fatal(err)
	}
	build.Close()
	if _, err := build.Config(); !errors.Is(err, ErrClosed) {
		t.Errorf("%v", err)
	}
}
