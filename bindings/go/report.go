package godockerfile

import "github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"

// Report is the findings of a check.
type Report struct {
	root     *root
	document *Document
	options  []Option
	findings []Finding
}

// Finding is something that is wrong, with its place.
type Finding struct {
	Rule     Rule
	Code     string // of the rule
	Severity Severity
	Range    Range
	Position Position // of the first byte, in code points
	Message  string
	Note     string // why no fix is offered although the rule has one, or empty
	Related  []Related
	Fixes    []FixProposal // the first is preferred
}

// Related is another place that matters for a finding.
type Related struct {
	Range   Range
	Message string
}

// FixProposal is a way to make a finding go away. All its edits belong together. When File is set
// the fix writes a new file of that name, whose content is the text of the first edit.
type FixProposal struct {
	Class FixClass
	Title string
	File  string
	Edits []TextEdit
}

// TextEdit is bytes of a document and what to write instead.
type TextEdit struct {
	Range Range
	Text  string
}

// analyse runs a check or a fix with the C objects of its inputs. The parent is the document when
// the result reads it.
func analyse(document *Document, options []Option, parent *root, free func(uintptr),
	call func(document, rules, project, options uintptr) uintptr) (*root, error) {
	address := document.handle().enter()
	defer document.handle().leave(address)
	if address == 0 {
		return nil, ErrClosed
	}
	chosen := gather(document.options, options)
	rules := chosen.rules.handle().enter()
	defer chosen.rules.handle().leave(rules)
	project := chosen.project.handle().enter()
	defer chosen.project.handle().leave(project)
	if chosen.rules != nil && rules == 0 || chosen.project != nil && project == 0 {
		return nil, ErrClosed
	}
	made, err := withOptions(chosen, func(native uintptr) uintptr {
		return call(address, rules, project, native)
	})
	if err != nil {
		return nil, err
	}
	return newRoot(made, free, parent), nil
}

// Check looks for what is wrong in a document. Without WithRuleSet the rules of profile production
// apply; without WithProject nothing is known of the build context.
func Check(document *Document, options ...Option) (*Report, error) {
	made, err := analyse(document, options, document.handle(), capi.Gdf_report_free, capi.Gdf_report_create)
	if err != nil {
		return nil, err
	}
	report := &Report{
		root:     made,
		document: document,
		options:  append(append([]Option(nil), document.options...), options...),
	}
	report.findings = readFindings(report)
	return report, nil
}

func readFindings(report *Report) []Finding {
	address := report.root.enter()
	defer report.root.leave(address)
	findings := make([]Finding, capi.Gdf_report_count_findings(address))
	for i := range findings {
		findings[i] = readFinding(report.document, address, uint32(i)+1)
	}
	return findings
}

func readFinding(document *Document, report uintptr, id uint32) Finding {
	rule := Rule{capi.Gdf_finding_get_rule(report, id)}
	finding := Finding{
		Rule:     rule,
		Code:     rule.Code(),
		Severity: Severity(capi.Gdf_finding_get_severity(report, id)),
		Range: Range{
			capi.Gdf_finding_get_start(report, id),
			capi.Gdf_finding_get_end(report, id),
		},
		Message: capi.Gdf_finding_get_message(report, id),
		Note:    capi.Gdf_finding_get_note(report, id),
	}
	finding.Position = document.Position(finding.Range.Start, ColumnCodePoints)
	for index := uint32(0); index < capi.Gdf_finding_count_related(report, id); index++ {
		finding.Related = append(finding.Related, Related{
			Range: Range{
				capi.Gdf_finding_get_related_start(report, id, index),
				capi.Gdf_finding_get_related_end(report, id, index),
			},
			Message: capi.Gdf_finding_get_related_message(report, id, index),
		})
	}
	for index := uint32(0); index < capi.Gdf_finding_count_fixes(report, id); index++ {
		fix := capi.Gdf_finding_get_fix(report, id, index)
		finding.Fixes = append(finding.Fixes, readFix(report, fix))
	}
	return finding
}

func readFix(report uintptr, id uint32) FixProposal {
	fix := FixProposal{
		Class: FixClass(capi.Gdf_fix_get_class(report, id)),
		Title: capi.Gdf_fix_get_title(report, id),
		File:  capi.Gdf_fix_get_file(report, id),
	}
	for index := uint32(0); index < capi.Gdf_fix_count_edits(report, id); index++ {
		fix.Edits = append(fix.Edits, TextEdit{
			Range: Range{
				capi.Gdf_fix_get_edit_start(report, id, index),
				capi.Gdf_fix_get_edit_end(report, id, index),
			},
			Text: capi.Gdf_fix_get_edit_text(report, id, index),
		})
	}
	return fix
}

// Close gives the memory back. Calling it is optional; the findings stay.
func (r *Report) Close() error { return r.handle().close() }

func (r *Report) handle() *root {
	if r == nil {
		return nil
	}
	return r.root
}

// Document is the document that was checked.
func (r *Report) Document() *Document {
	if r == nil {
		return nil
	}
	return r.document
}

// Findings gives the findings in order of line, column and code. The slice is the caller's.
func (r *Report) Findings() []Finding {
	if r == nil {
		return nil
	}
	return append([]Finding(nil), r.findings...)
}

// Dropped is the number of findings left out because there were too many.
func (r *Report) Dropped() int { return int(get(r.handle(), capi.Gdf_report_count_dropped)) }

// Suppressed is the number of findings silenced by comments.
func (r *Report) Suppressed() int { return int(get(r.handle(), capi.Gdf_report_count_suppressed)) }

// Worst is the worst severity among the findings.
func (r *Report) Worst() Severity { return Severity(get(r.handle(), capi.Gdf_report_get_worst)) }

// Render gives the report as text: for people, or JSON for programs. An unknown format is
// ErrArgument.
func (r *Report) Render(format ReportFormat, options ...Option) (string, error) {
	if _, known := reportFormatNames[format]; !known {
		return "", ErrArgument
	}
	address := r.handle().enter()
	defer r.handle().leave(address)
	if address == 0 {
		return "", ErrClosed
	}
	text, err := withOptions(gather(r.options, options), func(native uintptr) uintptr {
		return capi.Gdf_report_render(address, int(format), native)
	})
	if err != nil {
		return "", err
	}
	return takeText(text)
}
