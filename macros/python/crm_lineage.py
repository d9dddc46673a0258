"""How data flows from room to room, and what each mart stands on."""

from collections import Counter

from crm_catalog import is_public


def lineage(manifest: dict) -> str:
    nodes = {**manifest["nodes"], **manifest["sources"], **manifest["exposures"]}
    models = {key: node for key, node in nodes.items() if place(node)}
    marts = [node for node in models.values() if is_public(node)]
    parts = [
        "# Lineage",
        "How data flows from room to room, drawn by `make pictures` from what the "
        "models read. A number on an arrow says how many models read that way; rules "
        "are read by every room and not drawn. The lineage of a single table is in the "
        "site that `make docs` writes, where each room has the same colour.",
        flow(models),
        "What each mart stands on: the marts that its room reads for it, through the "
        "steps between.",
    ]
    for room in dict.fromkeys(sorted(node["schema"] for node in marts)):
        if room != "core":
            its = [node for node in marts if node["schema"] == room]
            parts += [f"## {room.capitalize()}", table_of(its, models)]
    return "\n\n".join(parts) + "\n"


def place(node: dict) -> str | None:
    """The box of the picture in which a node stands."""
    if node["resource_type"] == "source":
        return "raw" if node["source_name"] != "landing" else None
    if node["resource_type"] == "exposure":
        return node["name"]
    if node["resource_type"] != "model":
        return None
    floor, room = node["fqn"][1:3]
    if floor == "staging":
        return "staging"
    if floor == "intermediate" and room in ("foundation", "history"):
        return "foundation"
    return room


def flow(models: dict) -> str:
    """The boxes, how much stands in each, and how many models read which other."""
    its = {}
    for node in models.values():
        its.setdefault(place(node), []).append(node)
    arrows = Counter(
        (source, name)
        for name, nodes in its.items()
        for node in nodes
        for source in {place(models[key]) for key in parents(node) if key in models}
        if source != name
    )
    lines = []
    for name in sorted(its):
        lines.append(box(name, its[name]))
        colour = its[name][0]["config"].get("docs", {}).get("node_color")
        if colour:
            lines.append(f"    style {name} fill:{colour},color:#fff,stroke:{colour}")
    for (source, name), count in sorted(arrows.items()):
        label = "" if its[name][0]["resource_type"] == "exposure" else f'|"{count}"|'
        lines.append(f"    {source} -->{label} {name}")
    return "\n".join(["```mermaid", "flowchart LR", *lines, "```"])


def box(name: str, nodes: list[dict]) -> str:
    kind = nodes[0]["resource_type"]
    if kind == "source":
        return f'    {name}[("{name}<br/>{len(nodes)} tables")]'
    if kind == "exposure":
        return f'    {name}(["{name}"])'
    marts = sum(map(is_public, nodes))
    steps = len(nodes) - marts
    told = [f"{steps} steps"] * bool(steps) + [f"{marts} marts"] * bool(marts)
    return f'    {name}["{"<br/>".join([name, *told])}"]'


def parents(node: dict) -> list[str]:
    return node["depends_on"]["nodes"] if "depends_on" in node else []


def table_of(marts: list[dict], models: dict) -> str:
    lines = ["| mart | stands on |", "|---|---|"]
    for mart in sorted(marts, key=lambda node: node["name"]):
        names = ", ".join(f"`{name}`" for name in sorted(stands_on(mart, models)))
        linked = f"[`{mart['name']}`](../{mart['original_file_path']})"
        lines.append(f"| {linked} | {names or 'the raw tables'} |")
    return "\n".join(lines)


def stands_on(node: dict, models: dict) -> set[str]:
    """The public marts that a model reads, itself or through private steps."""
    found = set()
    for key in parents(node):
        if key in models and models[key]["resource_type"] == "model":
            parent = models[key]
            found |= (
                {parent["name"]} if is_public(parent) else stands_on(parent, models)
            )
    return found
