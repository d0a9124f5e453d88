"""Keys (标识) in place of identities: HMAC-SHA256 of the normalised text.

Equal identities have equal keys in every table and import made with one secret. Whoever holds the
secret can still tell whose key it is: this is de-identified (去标识化), not anonymous.
"""

import hashlib
import re
import unicodedata
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

LENGTH = (
    32  # hexadecimal digits kept, half of the hash: as RFC 2104 allows, and never equal by chance
)
BLOCK = 64  # bytes that SHA-256 hashes at once
CACHE = 500_000  # keys remembered between batches; then all are forgotten
SPACE = re.compile(r"\s+")
CHANGED = b" \t\n\r\v\f\x1c\x1d\x1e\x1fx"  # of ASCII, what ``normalised`` takes away or may change
ID_BEFORE_X = re.compile(r"\d{17}x")


class Keys:
    """The keys of one secret; each distinct value is keyed once, as far as memory allows."""

    def __init__(self, secret: bytes):
        """Key with ``secret``."""
        self._inner, self._outer = _padded(secret)
        self._known: dict[str, str] = {}

    @property
    def fingerprint(self) -> str:
        """A short text that tells secrets apart and gives nothing of them away (密钥指纹)."""
        return self._hash("xuke")[:8]

    def __call__(self, values: pa.Array) -> pa.Array:
        """Return the key of each text; null stays null, and so does white space alone."""
        encoded = pc.dictionary_encode(values)
        texts = encoded.dictionary.to_pylist()
        as_keyed = texts if _are_normalised(encoded.dictionary) else map(normalised, texts)
        keyed = pa.array(map(self._key, as_keyed), pa.string())
        return keyed.take(encoded.indices)

    def _key(self, text: str) -> str | None:
        known = self._known.get(text)
        if known is None and text:
            if len(self._known) >= CACHE:
                self._known.clear()
            known = self._known[text] = self._hash(text)
        return known

    def _hash(self, text: str) -> str:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text.encode())
        outer.update(inner.digest())
        return str(outer.hexdigest())[:LENGTH]


def _padded(secret: bytes) -> tuple[Any, Any]:
    """Return the inner and outer hash of RFC 2104, as they are before the text.

    To copy both takes 0.6 µs a text, to copy what ``hmac`` makes of them 1.0 µs.
    """
    whole = hashlib.sha256(secret).digest() if len(secret) > BLOCK else secret
    padded = whole.ljust(BLOCK, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in padded) for pad in (0x36, 0x5C))
    return hashlib.sha256(inner), hashlib.sha256(outer)


def _are_normalised(texts: pa.StringArray) -> bool:
    """Tell at once that no text would be changed by ``normalised``, as is usual; else False."""
    content = memoryview(texts.buffers()[2] or b"").tobytes()
    return content.isascii() and len(content.translate(None, CHANGED)) == len(content)


def normalised(text: str) -> str:
    """Return an identity as it is keyed: half width, without white space, ID numbers ending in X."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = SPACE.sub("", text)
    return text.upper() if ID_BEFORE_X.fullmatch(text) else text
