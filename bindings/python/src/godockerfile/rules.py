"""The catalogue of rules, and the choice of those that a check applies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Callable, Union, overload

from . import capi
from .enums import FixClass, Severity
from .errors import UnknownNameError, about
from .objects import Root
from .ranges import View

__all__ = ["RULES", "Rule", "RuleSet", "Rules"]


class Rule:
    """A rule of the catalogue."""

    __slots__ = ("_id",)

    def __init__(self, number: int) -> None:
        self._id = number

    def __repr__(self) -> str:
        return f"<Rule {self.code} {self.name}>"

    def __str__(self) -> str:
        return self.code

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rule) and self._id == other._id

    def __hash__(self) -> int:
        return hash((Rule, self._id))

    def __reduce__(self) -> tuple[Callable[[str], Rule], tuple[str]]:
        # Numbers may change between versions, codes do not.
        return _rule_of, (self.code,)

    @property
    def id(self) -> int:
        """Its number in this version of the library; keep the code instead."""
        return self._id

    @property
    def code(self) -> str:
        """The stable identifier, for example "STG001"."""
        return capi.gdf_rule_get_code(self._id)

    @property
    def name(self) -> str:
        """The name in words."""
        return capi.gdf_rule_get_name(self._id)

    @property
    def category(self) -> str:
        """The quality at stake: correctness, security, size…"""
        return capi.gdf_rule_get_category(self._id)

    @property
    def severity(self) -> Severity:
        """The severity before a profile or the circumstances change it."""
        return Severity(capi.gdf_rule_get_severity(self._id))

    @property
    def fix_class(self) -> FixClass:
        """The best class that its fixes reach."""
        return FixClass(capi.gdf_rule_get_fix_class(self._id))

    @property
    def summary(self) -> str:
        """What is wrong, in one sentence."""
        return capi.gdf_rule_get_summary(self._id)

    @property
    def rationale(self) -> str:
        """Why it matters, and what the fix does."""
        return capi.gdf_rule_get_rationale(self._id)

    @property
    def help(self) -> str:
        """Address of further help."""
        return capi.gdf_rule_get_help(self._id)

    @property
    def aliases(self) -> tuple[str, ...]:
        """Identifiers of other tools for the same defect, as "tool:id"."""
        text = capi.gdf_rule_get_aliases(self._id)
        return tuple(alias.strip() for alias in text.split(",") if alias.strip() not in {"", "-"})

    @property
    def example(self) -> str:
        """An example that the rule reports, or ""."""
        return capi.gdf_rule_get_example(self._id)

    @property
    def fixed_example(self) -> str:
        """What the fix makes of the example, or ""."""
        return capi.gdf_rule_get_fixed_example(self._id)


class Rules(Sequence[Rule]):
    """All rules. Use the one object `RULES`."""

    __slots__ = ()

    def __len__(self) -> int:
        return capi.gdf_rule_count()

    @overload
    def __getitem__(self, index: int) -> Rule: ...
    @overload
    def __getitem__(self, index: slice) -> list[Rule]: ...
    def __getitem__(self, index: int | slice) -> Rule | list[Rule]:
        return View(len(self), lambda number: Rule(number + 1))[index]

    def find(self, name: str) -> Rule | None:
        """The rule with that code, name or alias of another tool, in any case."""
        number = capi.gdf_rule_find(name)
        return Rule(number) if number else None

    def __repr__(self) -> str:
        return f"<Rules, {len(self)}>"


#: The catalogue.
RULES = Rules()

RuleName = Union[Rule, str]


def _rule_of(name: str) -> Rule:
    found = RULES.find(name)
    if found is None:
        raise UnknownNameError(f"no rule is named {name!r}")
    return found


def _number(rule: RuleName) -> int:
    return rule.id if isinstance(rule, Rule) else _rule_of(rule).id


class RuleSet(Root):
    """Which rules a check applies, and how bad their findings are.

    It begins with the rules of a profile: "base" (those that are on by default), "production",
    "dev", "kubernetes", or "buildkit" (the builder's own checks only). Change it before it is used;
    then threads may share it.
    """

    __slots__ = ("_handle",)

    def __init__(
        self,
        profile: str = "production",
        *,
        enable: Iterable[RuleName] = (),
        disable: Iterable[RuleName] = (),
        severities: Mapping[RuleName, Severity] | Mapping[str, Severity] | None = None,
    ) -> None:
        self._handle = capi.gdf_ruleset_create(None)
        with about(f"profile {profile!r}"):
            capi.gdf_ruleset_use_profile(self._handle, profile)
        for rule in disable:
            self.disable(rule)
        for rule in enable:
            self.enable(rule)
        for name, severity in (severities or {}).items():
            self.set_severity(name, severity)

    @classmethod
    def only(cls, *rules: RuleName) -> RuleSet:
        """A set of these rules and no other."""
        return cls("base", disable=RULES, enable=rules)

    @property
    def _native(self) -> capi.gdf_ruleset:
        """The object of the C API."""
        return self._handle

    def enable(self, rule: RuleName) -> None:
        """Turns a rule on."""
        capi.gdf_ruleset_enable(self._handle, _number(rule), 1)

    def disable(self, rule: RuleName) -> None:
        """Turns a rule off."""
        capi.gdf_ruleset_enable(self._handle, _number(rule), 0)

    def is_enabled(self, rule: RuleName) -> bool:
        """True when a check applies the rule."""
        return bool(capi.gdf_ruleset_is_enabled(self._handle, _number(rule)))

    def set_severity(self, rule: RuleName, severity: Severity) -> None:
        """Sets how bad the rule's findings are."""
        with about(f"severity of {rule}"):
            capi.gdf_ruleset_set_severity(self._handle, _number(rule), severity)

    def severity(self, rule: RuleName) -> Severity:
        """How bad the rule's findings are."""
        return Severity(capi.gdf_ruleset_get_severity(self._handle, _number(rule)))

    def _show(self) -> str:
        return f", {len(self.enabled)} rules"

    @property
    def enabled(self) -> tuple[Rule, ...]:
        """The rules that a check applies."""
        return tuple(rule for rule in RULES if self.is_enabled(rule))
