"""What sqlfluff takes dbt's `target` for."""

type = "duckdb"  # noqa: A001 - its name in dbt
name = "ci"
