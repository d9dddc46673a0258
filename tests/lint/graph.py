"""What sqlfluff takes dbt's graph for: a project without nodes."""

nodes: dict = {}
sources: dict = {}
