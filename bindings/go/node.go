package godockerfile

import "github.com/godockerfile/libgodockerfile/bindings/go/internal/capi"

// Node is a node of a document's tree: a small value that keeps its document alive. Two nodes are
// the same when they are equal (==). The zero Node is no node; asking it gives zero values.
type Node struct {
	document *Document
	id       uint32
}

func (n Node) handle() *root { return n.document.handle() }

func (n Node) of(id uint32) Node { return n.document.node(id) }

// IsValid is false for the zero Node.
func (n Node) IsValid() bool { return n.id != 0 }

// Document is the document it belongs to.
func (n Node) Document() *Document { return n.document }

// Kind is what the node is.
func (n Node) Kind() NodeKind { return NodeKind(getOf(n.handle(), capi.Gdf_node_get_kind, n.id)) }

// Range is its bytes; an instruction ends before its last line end, after its heredocs.
func (n Node) Range() Range {
	return Range{
		getOf(n.handle(), capi.Gdf_node_get_start, n.id),
		getOf(n.handle(), capi.Gdf_node_get_end, n.id),
	}
}

// Text is its bytes as they stand in the input.
func (n Node) Text() string { return n.document.Slice(n.Range()) }

// Value is what it says after continuations are joined and quotes resolved as the builder does.
func (n Node) Value() string { return getOf(n.handle(), capi.Gdf_node_get_value, n.id) }

// Flags says how it is written: exec form, heredoc quoting and so on.
func (n Node) Flags() NodeFlags {
	return NodeFlags(getOf(n.handle(), capi.Gdf_node_get_flags, n.id))
}

// FirstLine is its first line as the builder counts.
func (n Node) FirstLine() int { return int(getOf(n.handle(), capi.Gdf_node_get_first_line, n.id)) }

// LastLine is its last line as the builder counts.
func (n Node) LastLine() int { return int(getOf(n.handle(), capi.Gdf_node_get_last_line, n.id)) }

// FileDescriptor is the number in front of the << of a heredoc node, 0 when there is none.
func (n Node) FileDescriptor() uint64 {
	return getOf(n.handle(), capi.Gdf_node_get_file_descriptor, n.id)
}

// Position is the line and column of its first byte, in code points.
func (n Node) Position() Position { return n.document.Position(n.Range().Start, ColumnCodePoints) }

// Parent is the node that holds it; the zero Node for the root.
func (n Node) Parent() Node { return n.of(getOf(n.handle(), capi.Gdf_node_get_parent, n.id)) }

// FirstChild is the first node inside it, or the zero Node.
func (n Node) FirstChild() Node {
	return n.of(getOf(n.handle(), capi.Gdf_node_get_first_child, n.id))
}

// NextSibling is the node behind it in the same parent, or the zero Node.
func (n Node) NextSibling() Node {
	return n.of(getOf(n.handle(), capi.Gdf_node_get_next_sibling, n.id))
}

// Children gives the nodes directly inside it.
func (n Node) Children() []Node {
	var children []Node
	for child := n.FirstChild(); child.IsValid(); child = child.NextSibling() {
		children = append(children, child)
	}
	return children
}

// Walk visits the node and all below it in document order until visit says false.
func (n Node) Walk(visit func(Node) bool) {
	waiting := []Node{n}
	for len(waiting) > 0 && n.IsValid() {
		node := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if !visit(node) {
			return
		}
		children := node.Children()
		for i := len(children) - 1; i >= 0; i-- {
			waiting = append(waiting, children[i])
		}
	}
}

// Instruction gives the node as an instruction; false when it is none.
func (n Node) Instruction() (Instruction, bool) {
	if n.Kind() != NodeInstruction {
		return Instruction{}, false
	}
	return Instruction{n}, true
}

// Part is a part of an instruction: an image's tag, a COPY's destination, a flag's value… It is a
// small comparable value like Node.
type Part struct {
	document *Document
	id       uint32
}

func (p Part) handle() *root { return p.document.handle() }

func (d *Document) part(id uint32) Part {
	if id == 0 {
		return Part{}
	}
	return Part{d, id}
}

// IsValid is false for the zero Part.
func (p Part) IsValid() bool { return p.id != 0 }

// Kind is what the part is.
func (p Part) Kind() PartKind { return PartKind(getOf(p.handle(), capi.Gdf_part_get_kind, p.id)) }

// Range is its bytes in the input.
func (p Part) Range() Range {
	return Range{
		getOf(p.handle(), capi.Gdf_part_get_start, p.id),
		getOf(p.handle(), capi.Gdf_part_get_end, p.id),
	}
}

// Text is its bytes as they stand in the input.
func (p Part) Text() string { return p.document.Slice(p.Range()) }

// Value is as written after continuations are joined; variables are not expanded.
func (p Part) Value() string { return getOf(p.handle(), capi.Gdf_part_get_value, p.id) }

// Flags says how it is written: exactly its value, with a variable, as a heredoc.
func (p Part) Flags() PartFlags {
	return PartFlags(getOf(p.handle(), capi.Gdf_part_get_flags, p.id))
}

// Parent is the part that holds it, or the zero Part.
func (p Part) Parent() Part {
	return p.document.part(getOf(p.handle(), capi.Gdf_part_get_parent, p.id))
}

// Instruction is the instruction it belongs to.
func (p Part) Instruction() Instruction {
	return Instruction{p.document.node(getOf(p.handle(), capi.Gdf_part_get_instruction, p.id))}
}

// Find is the nth part of a kind inside it, at any depth, or the zero Part.
func (p Part) Find(kind PartKind, nth int) Part {
	address := p.handle().enter()
	defer p.handle().leave(address)
	if nth < 0 {
		return Part{}
	}
	return p.document.part(capi.Gdf_part_find(address, p.id, int(kind), uint32(nth)))
}

// FindAll gives all parts of a kind inside it, at any depth.
func (p Part) FindAll(kind PartKind) []Part {
	var found []Part
	inside := map[Part]bool{p: true}
	for _, part := range p.Instruction().Parts() {
		if inside[part.Parent()] {
			inside[part] = true
			if part.Kind() == kind {
				found = append(found, part)
			}
		}
	}
	return found
}
