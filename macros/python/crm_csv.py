"""Checks one CSV file and counts it; rewrites it where DuckDB would lose rows.

A file is plain when it is UTF-8, every record has as many fields as the header, quotes
stand where they belong, and no field holds a line break. A plain file is read by
DuckDB as it lies, and its line numbers are row numbers. Any other file is split here,
line by line: what fits the header is copied as text into a Parquet file with its line
number, personal values as digests; what does not is rejected with its line and reason,
and nothing after it is lost. GB18030 and UTF-16 are transcoded on the way.
"""

import codecs
import collections
import csv
import io
import itertools
import re
import sys

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from crm_personal import digest_array

DELIMITERS = ",;\t|"
BLOCK = 1 << 24
BATCH = 50_000
LONGEST_RECORD = 200  # lines that one record may take
LONGEST_PLAIN_LINE = 2_000_000  # bytes; DuckDB refuses longer ones
QUOTE, NEWLINE, RETURN = 34, 10, 13

csv.field_size_limit(sys.maxsize)


class CsvError(Exception):
    """One sentence for the person who handed over the file."""


def read_csv_file(path, file_name, copy, known, keep, amount):
    """Describe one CSV file.

    `known` tells of each column of the contract whether it is personal, `keep` matches
    the header to them, `amount` adds up the money column, `copy` is where to rewrite
    the file if it is not plain. Returns the keys path, format (csv, or copy where it
    was rewritten), header, kept, kinds, personal, delimiter, row_count (records that
    could be split, without the header) and rejected (line, reason).
    """
    encoding = encoding_of(path, file_name)
    header, delimiter, header_lines = header_of(path, file_name, encoding, known)
    kept = keep(header)
    file = {
        "header": header,
        "kept": kept,
        "kinds": dict.fromkeys(kept.values(), "text"),
        "personal": {name for name in kept.values() if known[name]},
        "delimiter": delimiter,
        "rejected": [],
    }
    plain_count = None
    if encoding in ("utf-8", "utf-8-sig") and header_lines == 1:
        plain_count = count_plain(path, ord(delimiter), len(header))
    if plain_count is not None:
        if plain_count:
            sum_plain(path, delimiter, header, kept, amount)
        return {**file, "path": path, "format": "csv", "row_count": plain_count}
    row_count, rejected = rewrite(path, encoding, file, copy, amount, header_lines)
    return {
        **file,
        "path": copy,
        "format": "copy",
        "row_count": row_count,
        "rejected": rejected,
    }


def encoding_of(path, file_name):
    """The file's encoding: UTF-8, UTF-16 with its mark, or GB18030; else refuse."""
    with open(path, "rb") as file:
        start = file.read(3)
    encoding = "utf-8"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif start == codecs.BOM_UTF8:
        encoding = "utf-8-sig"
    line = line_that_is_not(path, encoding)
    if line is None:
        return encoding
    if looks_chinese(path) and line_that_is_not(path, "gb18030") is None:
        return "gb18030"
    raise CsvError(
        f"{file_name} is neither UTF-8 nor GB18030 (line {line}); save it as UTF-8."
    )


def line_that_is_not(path, encoding):
    """The first line that does not decode, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with open(path, "rb") as file:
        while True:
            block = file.read(BLOCK)
            try:
                line += decoder.decode(block, final=not block).count("\n")
            except UnicodeDecodeError as refusal:
                return line + refusal.object[: refusal.start].count(b"\n")
            if not block:
                return None


def looks_chinese(path):
    """Whether what is beyond ASCII is the Chinese of GB 2312.

    Latin-1 and UTF-8 with a fault often pass a strict GB18030 decoder, as rare signs.
    """
    with open(path, "rb") as file:
        data = file.read(BLOCK)
    signs = re.sub("[\0-\x7f]", "", data.decode("gb18030", "ignore"))
    utf8_signs = re.sub("[\0-\u07ff]", "", data.decode("utf-8", "ignore"))
    common = signs.encode("gb2312", "ignore").decode("gb2312")
    return len(common) > 0.8 * len(signs) and len(utf8_signs) < 0.5 * len(signs)


def header_of(path, file_name, encoding, known):
    """The names in the first record, its delimiter, and how many lines it takes."""
    text, delimiter = "", DELIMITERS[0]
    with open(path, encoding=encoding, newline="") as lines:
        for count, line in enumerate(itertools.islice(lines, LONGEST_RECORD), 1):
            text += line
            if count == 1:
                delimiter = max(DELIMITERS, key=lambda mark: fit(line, mark, known))
            names, fault = parsed(text, delimiter)
            if fault is None:
                return names, delimiter, count
    if not text:
        return [], delimiter, 1
    raise CsvError(
        f"{file_name}: the quotes in line 1 do not match, so its columns cannot be "
        "told; put the whole name of a column into quotes, or none of it."
    )


def fit(line, delimiter, known):
    """How many columns of the contract a header names when split by a delimiter."""
    names = next(csv.reader([line], delimiter=delimiter), [])
    return sum(name.strip().lower() in known for name in names)


def parsed(text, delimiter, width=None):
    """The fields of a record and None, or None and why it is no record."""
    text = text.rstrip("\r\n")
    try:
        if '"' in text:
            fields = next(csv.reader([text], delimiter=delimiter, strict=True))
        else:
            fields = text.split(delimiter)
    except csv.Error as refusal:
        is_open = "unexpected end" in str(refusal)
        return None, "unclosed_quote" if is_open else "misplaced_quote"
    if width in (None, len(fields)):
        return fields, None
    return None, "too_few_columns" if len(fields) < width else "too_many_columns"


def count_plain(path, delimiter, width):
    """Records after the header if the file is plain, else None. Reads bytes only."""
    count = 0
    rest = b""
    line_ends = set()
    with open(path, "rb") as file:
        while True:
            block = file.read(BLOCK)
            data = rest + block
            if not block and rest:
                data += b"".join(line_ends) or b"\n"
            end = data.rfind(b"\n") + 1
            records = plain_records(data[:end], delimiter, width, line_ends)
            rest = data[end:]
            is_long = len(rest) > LONGEST_PLAIN_LINE
            if records is None or is_long or len(line_ends) > 1:
                return None
            count += records
            if not block:
                return count - 1


def plain_records(data, delimiter, width, line_ends):
    """Records in some whole lines if all are plain, else None; note their ends."""
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
    if (byte == 0).any() or not returns_are_plain(byte, ends, line_ends):
        return None
    found = np.searchsorted(np.flatnonzero(marks), ends)
    starts = np.concatenate(([0], ends[:-1] + 1))
    is_blank = (ends == starts) | ((ends == starts + 1) & (byte[starts] == RETURN))
    is_ragged = np.diff(found, prepend=0) != width - 1
    is_long = ends - starts > LONGEST_PLAIN_LINE
    if is_blank.any() or is_ragged.any() or is_long.any():
        return None
    return ends.size


def quotes_are_plain(byte, quotes, delimiter):
    """Whether each quote opens or closes a field, or is one of two inside."""
    padded = np.concatenate(([NEWLINE], byte, [NEWLINE]))
    opening, closing = quotes[::2], quotes[1::2]
    is_doubled = opening[1:] == closing[:-1] + 1
    opens = np.isin(padded[opening], (delimiter, NEWLINE))
    opens[1:] |= is_doubled
    closes = np.isin(padded[closing + 2], (delimiter, NEWLINE, RETURN))
    closes[:-1] |= is_doubled
    return bool(opens.all() and closes.all())


def returns_are_plain(byte, ends, line_ends):
    """Whether carriage returns stand before every line's end or nowhere."""
    returns = np.flatnonzero(byte == RETURN)
    line_ends.add(b"\r\n" if returns.size else b"\n")
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
    money = names.index(amount.column) if amount.column in names else None
    personal = [i for i, name in enumerate(names) if name in file["personal"]]
    rejected = []
    row_count = 0
    with (
        open(path, encoding=encoding, newline="") as text,
        pq.ParquetWriter(copy, schema) as writer,
    ):
        numbered = zip(itertools.count(1), text)
        records = split(
            itertools.islice(numbered, header_lines, None),
            file["delimiter"],
            len(file["header"]),
            rejected,
        )
        while batch := list(itertools.islice(records, BATCH)):
            for lines, cells in (whole_lines(batch, file), parsed_lines(batch)):
                columns = [cells[i] for i in file["kept"]] if lines else []
                if not columns:
                    continue
                columns = [pc.if_else(pc.equal(c, ""), None, c) for c in columns]
                if money is not None:
                    amount.add_array(columns[money])
                for i in personal:
                    columns[i] = digest_array(columns[i])
                columns.append(pa.array(lines, pa.int64()))
                writer.write_table(pa.table(columns, schema=schema))
            row_count += len(batch)
    return row_count, rejected


def whole_lines(batch, file):
    """Line numbers and columns of the records that are lines without a quote."""
    whole = [(line, record) for line, record in batch if isinstance(record, str)]
    if not whole:
        return [], []
    lines, texts = zip(*whole, strict=True)
    names = [str(i) for i in range(len(file["header"]))]
    data = "".join(texts).encode()
    table = pa_csv.read_csv(
        io.BytesIO(data),
        read_options=pa_csv.ReadOptions(column_names=names, block_size=len(data) + 1),
        parse_options=pa_csv.ParseOptions(delimiter=file["delimiter"]),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string())
        ),
    )
    return lines, [column.combine_chunks() for column in table.columns]


def parsed_lines(batch):
    """Line numbers and columns of the records that were split into fields."""
    split_ones = [(line, record) for line, record in batch if isinstance(record, list)]
    if not split_ones:
        return [], []
    lines, rows = zip(*split_ones, strict=True)
    cells = [pa.array(cells, pa.string()) for cells in zip(*rows, strict=True)]
    return lines, cells


def is_whole(text, delimiter, width):
    """Whether a line is a record of `width` fields that any reader splits alike."""
    return (
        text.count(delimiter) == width - 1
        and '"' not in text
        and text.endswith("\n")
        and text.count("\r") == text.endswith("\r\n")
        and "\0" not in text
    )


def split(numbered, delimiter, width, rejected):
    """Yield (line, record) of each record that has `width` fields.

    A line without quotes is yielded as it is, for a quicker reader to split. A line
    whose quote is not closed within a record of the right width is rejected alone, and
    reading goes on with the line after it. Blank lines are no records.
    """
    waiting = collections.deque()

    def next_line():
        return waiting.popleft() if waiting else next(numbered, None)

    while (current := next_line()) is not None:
        number, text = current
        if not text.strip("\r\n"):
            continue
        if is_whole(text, delimiter, width):
            yield number, text
            continue
        fields, fault = parsed(text, delimiter, width)
        outcome, taken = fault, []
        while outcome == "unclosed_quote" and len(taken) < LONGEST_RECORD:
            following = next_line()
            if following is None:
                break
            taken.append(following)
            text += following[1]
            if '"' in following[1]:
                fields, outcome = parsed(text, delimiter, width)
        if outcome is None:
            yield number, fields
        else:
            waiting.extendleft(reversed(taken))
            rejected.append((number, fault))
