//go:build go1.24

package godockerfile

import "iter"

// All ranges over all nodes in document order, parents before children.
func (d *Document) All() iter.Seq[Node] { return d.Walk }

// All ranges over the node and all below it in document order.
func (n Node) All() iter.Seq[Node] { return n.Walk }

// AllInstructions ranges over the top-level instructions with their index.
func (d *Document) AllInstructions() iter.Seq2[int, Instruction] {
	return func(yield func(int, Instruction) bool) {
		for index, instruction := range d.Instructions() {
			if !yield(index, instruction) {
				return
			}
		}
	}
}

// AllFindings ranges over the findings with their index.
func (r *Report) AllFindings() iter.Seq2[int, Finding] {
	return func(yield func(int, Finding) bool) {
		for index, finding := range r.Findings() {
			if !yield(index, finding) {
				return
			}
		}
	}
}
