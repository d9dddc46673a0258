"""Pages with everything inside, from the templates of reports/page."""

import json
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "reports" / "page"


def fill_page(template: str, data: dict, **texts: str) -> str:
    """The template, with data as JSON, these texts, and the files that it names."""
    # "<" would let text out of its script element.
    held = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    parts = {"data": held.replace("<", "\\u003c"), **texts}

    def fill(match: re.Match) -> str:
        name = match[1]
        return parts.get(name) or (PAGE / name).read_text(encoding="utf-8").rstrip()

    text = (PAGE / template).read_text(encoding="utf-8")
    return re.sub(r"\{\{ ([\w.]+) \}\}", fill, text)


def write_whole(path: Path, text: str) -> Path:
    """Write a file, whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8")
    return new.replace(path)
