"""Checks one CSV file and counts what it holds; rewrites it where DuckDB would lose rows.

A file is plain when it is UTF-8, every record has as many fields as the header, quotes
stand where they belong, and no field holds a line break. A plain file is read by
DuckDB as it lies, and its line numbers are row numbers. Any other file is split here,
line by line: what fits the header is copied as text into a Parquet file with its line
number, what does not is rejected with its line and reason, and nothing after it is
lost. GB18030 and UTF-16 are transcoded on the way.
"""

import collections
import csv
import io
import itertools

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

DELIMITERS = ",;\t|"
BLOCK = 1 << 24
BATCH = 50_000
LONGEST_RECORD = 200
QUOTE, NEWLINE, RETURN = 34, 10, 13

csv.field_size_limit(BLOCK)


class CsvError(Exception):
    """One sentence for the person who handed over the file."""


def read_csv_file(path, file_name, copy, known, keep, amount):
    """Describe one CSV file.

    `known` holds the contract's column names, `keep` matches the header to them,
    `amount` adds up the money column, `copy` is where to rewrite the file if it is not plain. Returns the keys path,
    format (csv, or copy where it was rewritten), header, kept, delimiter, row_count
    (records that could be split, without the header) and rejected (line, reason).
    """
    encoding = encoding_of(path, file_name)
    first, header_lines = header_record(path, encoding)
    delimiter = max(DELIMITERS, key=lambda mark: fit(first, mark, known))
    header = fields_of(first, delimiter)
    kept = keep(header)
    file = {"header": header, "kept": kept, "delimiter": delimiter, "rejected": []}
    plain_count = None
    if encoding in ("utf-8", "utf-8-sig") and header_lines == 1:
        plain_count = count_plain(path, ord(delimiter), len(header))
    if plain_count is not None:
        if plain_count:
            sum_plain(path, delimiter, header, kept, amount)
        return {**file, "path": str(path), "format": "csv", "row_count": plain_count}
    row_count, rejected = rewrite(path, encoding, file, copy, amount, header_lines)
    return {
        **file,
        "path": str(copy),
        "format": "copy",
        "row_count": row_count,
        "rejected": rejected,
    }


def encoding_of(path, file_name):
    """The file's encoding: UTF-8, UTF-16 with its mark, or GB18030; else refuse."""
    with open(path, "rb") as file:
        start = file.read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    line = line_that_is_not(path, "utf-8")
    if line is None:
        return "utf-8-sig" if start.startswith(b"\xef\xbb\xbf") else "utf-8"
    if line_that_is_not(path, "gb18030") is None and looks_chinese(path):
        return "gb18030"
    raise CsvError(
        f"{file_name} is neither UTF-8 nor GB18030 (line {line}); save it as UTF-8."
    )


def line_that_is_not(path, encoding):
    """The first line that does not decode, or None."""
    with open(path, "rb") as file:
        before = 0
        while lines := file.readlines(BLOCK):
            try:
                b"".join(lines).decode(encoding)
            except UnicodeDecodeError as refusal:
                return before + refusal.object[: refusal.start].count(b"\n") + 1
            before += len(lines)
    return None


def looks_chinese(path):
    """Whether the bytes beyond ASCII pair up as GB 2312 does, and Latin-1 does not."""
    with open(path, "rb") as file:
        data = np.frombuffer(file.read(BLOCK), dtype=np.uint8)
    high = data >= 0x80
    pairs = np.diff(np.flatnonzero(np.diff(np.concatenate(([0], high, [0])))))[::2]
    return pairs.size > 0 and (pairs % 2 == 0).mean() >= 0.9


def header_record(path, encoding):
    """The text of the first record and how many lines it takes."""
    with open(path, encoding=encoding, newline="") as file:
        text = file.readline()
        lines = 1
        while text.count('"') % 2 and lines < LONGEST_RECORD and (more := file.readline()):
            text += more
            lines += 1
    return text, lines


def fit(text, delimiter, known):
    """How many columns of the contract a header names when split by a delimiter."""
    return sum(name.strip().lower() in known for name in fields_of(text, delimiter))


def fields_of(text, delimiter):
    """The fields of one record."""
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])


def count_plain(path, delimiter, width):
    """Records after the header if the file is plain, else None. Reads bytes only."""
    count = 0
    rest = b""
    with open(path, "rb") as file:
        while True:
            block = file.read(BLOCK)
            data = rest + block
            if not data:
                return count - 1
            if not block and not data.endswith(b"\n"):
                data += b"\n"
            end = data.rfind(b"\n") + 1
            if end == 0 and len(data) > 2 * BLOCK:
                return None
            records = plain_records(data[:end], delimiter, width)
            if records is None:
                return None
            count += records
            rest = data[end:]
            if not block and not rest:
                return count - 1


def plain_records(data, delimiter, width):
    """Records in some whole lines if all are plain, else None."""
    if not data:
        return 0
    byte = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(byte == NEWLINE)
    marks = byte == delimiter
    quotes = np.flatnonzero(byte == QUOTE)
    if quotes.size:
        if quotes.size % 2 or not quotes_are_plain(byte, quotes, delimiter):
            return None
        inside = np.zeros(byte.size + 1, dtype=np.int8)
        inside[quotes[::2]] += 1
        inside[quotes[1::2]] -= 1
        inside = np.cumsum(inside[:-1], dtype=np.int8).astype(bool)
        if inside[ends].any():
            return None
        marks &= ~inside
    if (byte == 0).any() or not returns_are_plain(byte, ends):
        return None
    found = np.searchsorted(np.flatnonzero(marks), ends)
    starts = np.concatenate(([0], ends[:-1] + 1))
    is_blank = (ends == starts) | ((ends == starts + 1) & (byte[starts] == RETURN))
    if is_blank.any() or (np.diff(found, prepend=0) != width - 1).any():
        return None
    return ends.size


def quotes_are_plain(byte, quotes, delimiter):
    """Whether each quote opens after a delimiter and closes before one, or is doubled."""
    padded = np.concatenate(([NEWLINE], byte, [NEWLINE]))
    opening, closing = quotes[::2], quotes[1::2]
    is_doubled = opening[1:] == closing[:-1] + 1
    opens = np.isin(padded[opening], (delimiter, NEWLINE))
    opens[1:] |= is_doubled
    closes = np.isin(padded[closing + 2], (delimiter, NEWLINE, RETURN))
    closes[:-1] |= is_doubled
    return bool(opens.all() and closes.all())


def returns_are_plain(byte, ends):
    """Whether carriage returns stand before every line's end or nowhere."""
    returns = np.flatnonzero(byte == RETURN)
    if returns.size == 0:
        return True
    return returns.size == ends.size and bool((returns + 1 == ends).all())


def sum_plain(path, delimiter, header, kept, amount):
    """Add up the money column of a plain file with Arrow's CSV reader."""
    position = {name: i for i, name in kept.items()}.get(amount.column)
    if position is None:
        return
    names = [str(i) for i in range(len(header))]
    column = names[position]
    reader = pa_csv.open_csv(
        path,
        read_options=pa_csv.ReadOptions(
            column_names=names, skip_rows=1, block_size=BLOCK, use_threads=True
        ),
        parse_options=pa_csv.ParseOptions(delimiter=delimiter),
        convert_options=pa_csv.ConvertOptions(
            include_columns=[column], column_types={column: pa.string()}
        ),
    )
    for batch in reader:
        amount.add_array(batch.column(0))


def rewrite(path, encoding, file, copy, amount, header_lines):
    """Copy the records that fit the header; return their number and the rejected."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    names = [*file["kept"].values(), "file_line"]
    schema = pa.schema(
        [(name, pa.string()) for name in names[:-1]] + [("file_line", pa.int64())]
    )
    money = {name: i for i, name in file["kept"].items()}.get(amount.column)
    rejected = []
    row_count = 0
    with (
        open(path, encoding=encoding, newline="") as lines,
        pq.ParquetWriter(copy, schema) as writer,
    ):
        numbered = zip(itertools.count(1), lines)
        records = split(
            itertools.islice(numbered, header_lines, None),
            file["delimiter"],
            len(file["header"]),
            rejected,
        )
        while batch := list(itertools.islice(records, BATCH)):
            rows = [fields for _, fields in batch]
            if money is not None:
                for fields in rows:
                    amount.add_text(fields[money])
            columns = [
                pa.array([fields[i] or None for fields in rows], pa.string())
                for i in file["kept"]
            ]
            columns.append(pa.array([line for line, _ in batch], pa.int64()))
            writer.write_table(pa.table(columns, schema=schema))
            row_count += len(batch)
    return row_count, rejected


def split(numbered, delimiter, width, rejected):
    """Yield (line, fields) of each record that has `width` fields.

    A line whose quote is not closed within a record of the right width is rejected
    alone, and reading goes on with the line after it. Blank lines are no records.
    """
    waiting = collections.deque()

    def next_line():
        return waiting.popleft() if waiting else next(numbered, None)

    while (current := next_line()) is not None:
        number, text = current
        if not text.strip("\r\n"):
            continue
        taken = []
        fields = closed_fields(text, delimiter)
        while fields is None and len(taken) < LONGEST_RECORD:
            following = next_line()
            if following is None:
                break
            taken.append(following)
            text += following[1]
            fields = closed_fields(text, delimiter)
        if fields is not None and len(fields) == width:
            yield number, fields
            continue
        waiting.extendleft(reversed(taken))
        rejected.append((number, fault_of(current[1], delimiter, width)))


def closed_fields(text, delimiter):
    """The fields of a record, or None where a quote is still open at its end."""
    text = text.rstrip("\r\n")
    try:
        return next(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        )
    except csv.Error as refusal:
        if "unexpected end" in str(refusal):
            return None
        return fields_of(text, delimiter)


def fault_of(line, delimiter, width):
    """Why a line is no record: unclosed_quote, too_few_columns or too_many_columns."""
    fields = closed_fields(line, delimiter)
    if fields is None:
        return "unclosed_quote"
    return "too_few_columns" if len(fields) < width else "too_many_columns"
