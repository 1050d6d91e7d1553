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
    """The error that a build would stop at."""

    #: In the builder's words.
    message: str
    #: Where the builder says it is; there may be none.
    lines: tuple[LineRange, ...]

    def __str__(self) -> str:
        return self.message


class HistoryEntry(NamedTuple):
    """A line of the image's history."""

    created_by: str
    is_layer: bool


class HealthConfig(NamedTuple):
    """How health is checked. Times are nanoseconds; 0 is the default of each."""

    #: NONE, or CMD or CMD-SHELL and words.
    test: tuple[str, ...]
    interval: int
    timeout: int
    start_period: int
    start_interval: int
    #: Failures in a row that count as unhealthy.
    retries: int


@dataclass(frozen=True)
class Config:
    """The OCI image config of the target of a build; empty fields are not set.

    With a failure there is no image: everything but `images` is empty.
    """

    #: The error that the build would stop at.
    failure: BuildFailure | None
    #: False when a limit ended the work; then the config lacks what comes later.
    is_complete: bool
    #: Which limit that was, in words that name the option where one sets it; else empty.
    limit: str
    #: True when the config of the image at the root of the target is known (Options.image_configs).
    is_base_known: bool
    #: References that the build asks a registry for, sorted.
    images: tuple[str, ...]
    #: In Go's spelling, as the operating system.
    architecture: str
    os: str
    os_version: str
    variant: str
    #: What MAINTAINER says.
    author: str
    user: str
    working_dir: str
    stop_signal: str
    #: In the order in which the names first came.
    env: Mapping[str, str]
    entrypoint: tuple[str, ...]
    cmd: tuple[str, ...]
    #: Port and protocol ("80/tcp"), sorted.
    exposed_ports: tuple[str, ...]
    #: Sorted.
    volumes: tuple[str, ...]
    #: Sorted by name.
    labels: Mapping[str, str]
    #: Triggers for builds that are based on the image.
    on_build: tuple[str, ...]
    #: Shell of the shell form; empty for the system's own.
    shell: tuple[str, ...]
    healthcheck: HealthConfig | None
    #: True when the file has set the command.
    args_escaped: bool
    #: From the base image on, as far as it is known.
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
