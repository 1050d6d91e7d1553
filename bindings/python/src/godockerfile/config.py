"""The image config that a build would write, or the error that it would stop at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from . import capi
from .enums import ConfigField
from .options import native_options

if TYPE_CHECKING:
    from .build import Build

__all__ = ["BuildFailure", "Config", "HealthConfig", "HistoryEntry", "LineRange"]


class _Names(dict[str, str]):
    """A dict that does not change. (A mappingproxy cannot be pickled or taken by asdict().)"""

    __slots__ = ()

    def _refuse(self, *arguments: object, **named: object) -> NoReturn:
        raise TypeError("a config does not change")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[_Names], tuple[dict[str, str]]]:
        return _Names, (dict(self),)


class LineRange(NamedTuple):
    """Lines of the file, from 1, both included."""

    first: int
    last: int


class BuildFailure(NamedTuple):
    """The error that a build would stop at.

    Attributes:
        message: In the builder's words.
        lines: Where the builder says it is; there may be none.
    """

    message: str
    lines: tuple[LineRange, ...]

    def __str__(self) -> str:
        return self.message


class HistoryEntry(NamedTuple):
    """A line of the image's history.

    Attributes:
        created_by: How it came about, in the builder's words.
        is_layer: True when it makes a layer.
    """

    created_by: str
    is_layer: bool


class HealthConfig(NamedTuple):
    """How health is checked. Times are nanoseconds; 0 is the default of each.

    Attributes:
        test: NONE, or CMD or CMD-SHELL and words.
        interval: Between two checks.
        timeout: That a check may take.
        start_period: In which failures do not count.
        start_interval: Between checks in the start period.
        retries: Failures in a row that count as unhealthy.
    """

    test: tuple[str, ...]
    interval: int
    timeout: int
    start_period: int
    start_interval: int
    retries: int


@dataclass(frozen=True)
class Config:
    """The OCI image config of the target of a build; empty fields are not set.

    With a failure there is no image: everything but `images` is empty.

    Attributes:
        failure: The error that the build would stop at.
        is_complete: False when a limit ended the work; then the config lacks what comes later.
        limit: Which limit that was, in words that name the option where one sets it; else empty.
        is_base_known: True when the config of the image at the root of the target is known
            (Options.image_configs).
        images: References that the build asks a registry for, sorted.
        architecture: Processor architecture in Go's spelling.
        os: Operating system in Go's spelling.
        os_version: Version of the operating system.
        variant: Variant of the processor.
        author: What MAINTAINER says.
        user: User that the container runs as.
        working_dir: Directory that the container starts in.
        stop_signal: Signal that asks the container to stop.
        env: Environment, in the order in which the names first came.
        entrypoint: Words of the entry point.
        cmd: Words of the command.
        exposed_ports: Port and protocol ("80/tcp"), sorted.
        volumes: Paths, sorted.
        labels: Labels, sorted by name.
        on_build: Triggers for builds that are based on the image.
        shell: Shell of the shell form; empty for the system's own.
        healthcheck: How health is checked; None when nothing sets it.
        args_escaped: True when the file has set the command.
        history: Its lines from the base image on, as far as it is known.
    """

    failure: BuildFailure | None
    is_complete: bool
    limit: str
    is_base_known: bool
    images: tuple[str, ...]
    architecture: str
    os: str
    os_version: str
    variant: str
    author: str
    user: str
    working_dir: str
    stop_signal: str
    env: Mapping[str, str]
    entrypoint: tuple[str, ...]
    cmd: tuple[str, ...]
    exposed_ports: tuple[str, ...]
    volumes: tuple[str, ...]
    labels: Mapping[str, str]
    on_build: tuple[str, ...]
    shell: tuple[str, ...]
    healthcheck: HealthConfig | None
    args_escaped: bool
    history: tuple[HistoryEntry, ...]
    _json: str = field(repr=False)

    def to_json(self) -> str:
        """The OCI image config, history included, without what only a build knows."""
        return self._json


class _Reader:
    """Reads a config of the C API, field by field."""

    def __init__(self, handle: capi.gdf_config) -> None:
        self.handle = handle

    def text(self, field: ConfigField) -> str:
        return capi.gdf_config_get_text(self.handle, field)

    def number(self, field: ConfigField) -> int:
        return capi.gdf_config_get_number(self.handle, field)

    def items(self, field: ConfigField) -> tuple[str, ...]:
        count = capi.gdf_config_count_items(self.handle, field)
        return tuple(capi.gdf_config_get_item(self.handle, field, index) for index in range(count))

    def env(self) -> dict[str, str]:
        pairs = (item.partition("=") for item in self.items(ConfigField.ENV))
        return {name: value for name, _, value in pairs}

    def labels(self) -> dict[str, str]:
        return {
            name: capi.gdf_config_get_label_value(self.handle, index)
            for index, name in enumerate(self.items(ConfigField.LABELS))
        }

    def history(self) -> tuple[HistoryEntry, ...]:
        return tuple(
            HistoryEntry(line, bool(capi.gdf_config_is_layer(self.handle, index)))
            for index, line in enumerate(self.items(ConfigField.HISTORY))
        )

    def healthcheck(self) -> HealthConfig | None:
        test = self.items(ConfigField.HEALTHCHECK_TEST)
        if not test:
            return None
        return HealthConfig(
            test,
            self.number(ConfigField.HEALTHCHECK_INTERVAL),
            self.number(ConfigField.HEALTHCHECK_TIMEOUT),
            self.number(ConfigField.HEALTHCHECK_START_PERIOD),
            self.number(ConfigField.HEALTHCHECK_START_INTERVAL),
            self.number(ConfigField.HEALTHCHECK_RETRIES),
        )

    def failure(self) -> BuildFailure | None:
        handle = self.handle
        message = capi.gdf_config_get_error(handle)
        if not message:
            return None
        lines = tuple(
            LineRange(
                capi.gdf_config_get_error_first_line(handle, index),
                capi.gdf_config_get_error_last_line(handle, index),
            )
            for index in range(capi.gdf_config_count_error_places(handle))
        )
        return BuildFailure(message, lines)


def config_of(build: Build) -> Config:
    """Works out the config of the target of a build."""
    handle = capi.gdf_config_create(build._native, native_options(build.options))
    reader = _Reader(handle)
    return Config(
        failure=reader.failure(),
        is_complete=bool(capi.gdf_config_is_complete(handle)),
        limit=capi.gdf_config_get_limit(handle),
        is_base_known=bool(capi.gdf_config_is_base_known(handle)),
        images=reader.items(ConfigField.IMAGES),
        architecture=reader.text(ConfigField.ARCHITECTURE),
        os=reader.text(ConfigField.OS),
        os_version=reader.text(ConfigField.OS_VERSION),
        variant=reader.text(ConfigField.VARIANT),
        author=reader.text(ConfigField.AUTHOR),
        user=reader.text(ConfigField.USER),
        working_dir=reader.text(ConfigField.WORKING_DIR),
        stop_signal=reader.text(ConfigField.STOP_SIGNAL),
        env=_Names(reader.env()),
        entrypoint=reader.items(ConfigField.ENTRYPOINT),
        cmd=reader.items(ConfigField.CMD),
        exposed_ports=reader.items(ConfigField.EXPOSED_PORTS),
        volumes=reader.items(ConfigField.VOLUMES),
        labels=_Names(reader.labels()),
        on_build=reader.items(ConfigField.ON_BUILD),
        shell=reader.items(ConfigField.SHELL),
        healthcheck=reader.healthcheck(),
        args_escaped=bool(reader.number(ConfigField.ARGS_ESCAPED)),
        history=reader.history(),
        _json=capi.gdf_config_render_json(handle),
    )
