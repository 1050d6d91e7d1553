package main

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	dockerspec "github.com/moby/docker-image-spec/specs-go/v1"
	"github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
	"github.com/pkg/errors"
)

const defaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// registry has every image, for every platform, with nothing in it. It remembers what it was asked
// for.
type registry struct {
	mutex sync.Mutex
	asked map[string]bool
}

func (r *registry) ResolveImageConfig(_ context.Context, reference string, options sourceresolver.Opt) (
	string, digest.Digest, []byte, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.asked[reference] = true
	var image dockerspec.DockerOCIImage
	image.Platform = linux()
	if options.ImageOpt != nil && options.ImageOpt.Platform != nil {
		image.Platform = *options.ImageOpt.Platform
	}
	image.Config.Env = []string{defaultPath}
	config, err := json.Marshal(image)
	return reference, digest.FromBytes(config), config, err
}

func linux() ocispecs.Platform {
	return ocispecs.Platform{OS: "linux", Architecture: "amd64"}
}

func convertOptions() (dockerfile2llb.ConvertOpt, *registry) {
	images := &registry{asked: map[string]bool{}}
	platform := linux()
	abilities := pb.Caps.CapSet(pb.Caps.All())
	return dockerfile2llb.ConvertOpt{
		Config:         dockerui.Config{BuildPlatforms: []ocispecs.Platform{platform}},
		MainContext:    dockerui.DefaultMainContext(),
		TargetPlatform: &platform,
		MetaResolver:   images,
		LLBCaps:        &abilities,
	}, images
}

// answerBuild gives the check of all stages, then the build of the last one.
func answerBuild(a *answer, text string) {
	answerCheck(a, text)
	options, images := convertOptions()
	options.Warn = func(string, string, string, string, []parser.Range) {}
	result, err := dockerfile2llb.Dockerfile2LLB(context.Background(), []byte(text), options)
	if err == nil {
		_, err = result.State.Marshal(context.Background(), llb.LinuxAmd64)
		err = errors.Wrap(err, "failed to marshal LLB definition")
	}
	if err != nil {
		a.line("build-error", append([]any{err.Error()}, places(err)...)...)
		return
	}
	answerImage(a, result.Image)
	a.line("asked", texts(slices.Sorted(maps.Keys(images.asked)))...)
}

func answerCheck(a *answer, text string) {
	var mutex sync.Mutex
	options, _ := convertOptions()
	options.AllStages = true
	options.Warn = func(rule, _, _, message string, location []parser.Range) {
		mutex.Lock()
		defer mutex.Unlock()
		a.line("lint", rule, message, lines(location))
	}
	if _, err := dockerfile2llb.Dockerfile2LLB(context.Background(), []byte(text), options); err != nil {
		a.line("check-error", append([]any{err.Error()}, places(err)...)...)
	}
}

// places gives the lines of an error. The same may come twice, and line 0 is not in the file.
func places(err error) []any {
	var all []any
	var located *parser.LocationError
	if !errors.As(err, &located) {
		return nil
	}
	for _, location := range located.Locations {
		place := lines(location)
		if place != "none" && place != "0-0" && (len(all) == 0 || place != all[len(all)-1]) {
			all = append(all, place)
		}
	}
	return all
}

func answerImage(a *answer, image *dockerspec.DockerOCIImage) {
	config := image.Config
	a.line("platform", image.OS, image.Architecture, image.Variant)
	a.line("author", image.Author)
	a.line("user", config.User)
	a.line("workdir", config.WorkingDir)
	a.line("signal", config.StopSignal)
	a.line("env", texts(config.Env)...)
	a.line("entrypoint", texts(config.Entrypoint)...)
	a.line("cmd", texts(config.Cmd)...)
	a.line("ports", texts(slices.Sorted(maps.Keys(config.ExposedPorts)))...)
	a.line("volumes", texts(slices.Sorted(maps.Keys(config.Volumes)))...)
	for _, name := range slices.Sorted(maps.Keys(config.Labels)) {
		a.line("label", name, config.Labels[name])
	}
	a.line("onbuild", texts(config.OnBuild)...)
	a.line("shell", texts(config.Shell)...)
	if health := config.Healthcheck; health != nil {
		a.line("health", texts(health.Test)...)
		a.line("times", int64(health.Interval), int64(health.Timeout), int64(health.StartPeriod),
			int64(health.StartInterval), health.Retries)
	}
	for _, row := range image.History {
		a.line("history", row.CreatedBy, !row.EmptyLayer)
	}
}
