"""Keyed digests in place of personal values.

A name, phone or e-mail serves only to tell a repeated row from a conflicting one. A
copy of a raw file holds a digest instead, which does that and tells nobody anything:
the key is made anew in each process, so it is the same for all files of a build, and it
is written nowhere.
"""

import hashlib
import secrets

import pyarrow as pa

KEY = secrets.token_bytes(32)
SQL_NAME = "crm_personal_digest"


def digest(value):
    """The digest of a text; what is empty stays empty."""
    if not value:
        return value
    return hashlib.blake2b(value.encode(), key=KEY, digest_size=16).hexdigest()


def digest_array(values):
    """The digests of an array of texts."""
    return pa.array(map(digest, values.to_pylist()), pa.string())


def register(connection):
    """Let SQL make the same digests, for files that are read beside a copy."""
    text = "VARCHAR"
    connection.create_function(SQL_NAME, digest, [text], text)
