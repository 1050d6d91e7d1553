package godockerfile

import (
	"strings"

	"github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"
)

// Rule is a rule of the catalogue: a small comparable value. The zero Rule is no rule.
type Rule struct {
	id uint32
}

// Rules gives the whole catalogue.
func Rules() []Rule {
	rules := make([]Rule, capi.Gdf_rule_count())
	for i := range rules {
		rules[i] = Rule{uint32(i) + 1}
	}
	return rules
}

// FindRule is the rule with that code, name or alias of another tool, in any case.
func FindRule(name string) (Rule, bool) {
	id := capi.Gdf_rule_find(name)
	return Rule{id}, id != 0
}

// IsValid is false for the zero Rule.
func (r Rule) IsValid() bool { return r.id != 0 }

// Code is the stable identifier, for example "STG001".
func (r Rule) Code() string { return capi.Gdf_rule_get_code(r.id) }

// Name is the name in words.
func (r Rule) Name() string { return capi.Gdf_rule_get_name(r.id) }

// Category is the quality at stake: correctness, security, size…
func (r Rule) Category() string { return capi.Gdf_rule_get_category(r.id) }

// Severity is the severity before a profile or the circumstances change it.
func (r Rule) Severity() Severity { return Severity(capi.Gdf_rule_get_severity(r.id)) }

// FixClass is the best class that its fixes reach.
func (r Rule) FixClass() FixClass { return FixClass(capi.Gdf_rule_get_fix_class(r.id)) }

// Summary says what is wrong, in one sentence.
func (r Rule) Summary() string { return capi.Gdf_rule_get_summary(r.id) }

// Rationale says why it matters, and what the fix does.
func (r Rule) Rationale() string { return capi.Gdf_rule_get_rationale(r.id) }

// Help is the address of further help.
func (r Rule) Help() string { return capi.Gdf_rule_get_help(r.id) }

// Aliases gives the identifiers of other tools for the same defect, as "tool:id".
func (r Rule) Aliases() []string {
	var aliases []string
	for _, alias := range strings.Split(capi.Gdf_rule_get_aliases(r.id), ",") {
		if alias = strings.TrimSpace(alias); alias != "" && alias != "-" {
			aliases = append(aliases, alias)
		}
	}
	return aliases
}

// Example is an example that the rule reports, or empty.
func (r Rule) Example() string { return capi.Gdf_rule_get_example(r.id) }

// FixedExample is what the fix makes of the example, or empty.
func (r Rule) FixedExample() string { return capi.Gdf_rule_get_fixed_example(r.id) }

// RuleSet is which rules a check applies, and how bad their findings are. Change it before it is
// used; then goroutines may share it.
type RuleSet struct {
	root *root
}

// NewRuleSet starts from a profile: "base", "production", "dev", "kubernetes" or "buildkit";
// ErrUnknown for another name.
func NewRuleSet(profile string) (*RuleSet, error) {
	made := newRoot(capi.Gdf_ruleset_create(0), capi.Gdf_ruleset_free, nil)
	if made == nil {
		return nil, ErrMemory
	}
	rules := &RuleSet{made}
	err := rules.change("profile "+profile, func(address uintptr) int {
		return capi.Gdf_ruleset_use_profile(address, profile)
	})
	if err != nil {
		return nil, err
	}
	return rules, nil
}

// NewRuleSetOf is a set of these rules and no other, by code, name or alias; ErrUnknown names the one
// that does not exist.
func NewRuleSetOf(names ...string) (*RuleSet, error) {
	rules, err := NewRuleSet("base")
	if err != nil {
		return nil, err
	}
	for _, rule := range Rules() {
		if err := rules.Disable(rule.Code()); err != nil {
			return nil, err
		}
	}
	if err := rules.Enable(names...); err != nil {
		return nil, err
	}
	return rules, nil
}

// Close gives the memory back. Calling it is optional.
func (s *RuleSet) Close() error { return s.handle().close() }

func (s *RuleSet) handle() *root {
	if s == nil {
		return nil
	}
	return s.root
}

func (s *RuleSet) change(what string, call func(address uintptr) int) error {
	address := s.handle().enter()
	defer s.handle().leave(address)
	if address == 0 {
		return ErrClosed
	}
	return statusError(call(address), what)
}

// Enable turns rules on, by code, name or alias; ErrUnknown names the one that does not exist.
func (s *RuleSet) Enable(names ...string) error { return s.turn(names, 1) }

// Disable turns rules off, by code, name or alias; ErrUnknown names the one that does not exist.
func (s *RuleSet) Disable(names ...string) error { return s.turn(names, 0) }

func (s *RuleSet) turn(names []string, enabled int) error {
	for _, name := range names {
		rule, ok := FindRule(name)
		if !ok {
			return statusError(int(CodeUnknown), "rule "+name)
		}
		err := s.change("rule "+name, func(address uintptr) int {
			return capi.Gdf_ruleset_enable(address, rule.id, enabled)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// SetSeverity sets how bad the findings of a rule are.
func (s *RuleSet) SetSeverity(name string, severity Severity) error {
	rule, ok := FindRule(name)
	if !ok {
		return statusError(int(CodeUnknown), "rule "+name)
	}
	return s.change("rule "+name, func(address uintptr) int {
		return capi.Gdf_ruleset_set_severity(address, rule.id, int(severity))
	})
}

// IsEnabled is true when a check applies the rule.
func (s *RuleSet) IsEnabled(rule Rule) bool {
	return getOf(s.handle(), capi.Gdf_ruleset_is_enabled, rule.id) != 0
}

// Enabled gives the rules that a check applies.
func (s *RuleSet) Enabled() []Rule {
	var enabled []Rule
	for _, rule := range Rules() {
		if s.IsEnabled(rule) {
			enabled = append(enabled, rule)
		}
	}
	return enabled
}

// Severity is how bad the findings of the rule are.
func (s *RuleSet) Severity(rule Rule) Severity {
	return Severity(getOf(s.handle(), capi.Gdf_ruleset_get_severity, rule.id))
}
