"""Who says whether data keeps to a schema: jsonschema, asked only when jsonschema-rs does not.

jsonschema-rs (the extra ``vanban[fast]``) tells in a fraction of a millisecond that a draft is
sound. Whatever it refuses or cannot take is put to jsonschema, which alone names the mistakes: the
findings are the same with it and without it. It is asked only what both are known to answer alike:
plain keywords, plain patterns, figures of a size that a double holds exactly.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vanban.check.bundle import parts_of, validator_of

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

SETTING = "VANBAN_ACCELERATOR"
"""The variable of the environment that turns jsonschema-rs off when it is ``off``."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KEYWORDS = frozenset(
    {"$schema", "$id", "$ref", "$defs", "$comment", "title", "description", "examples", "default",
     "deprecated", "readOnly", "writeOnly", "contentMediaType", "x-vai", "type", "const", "enum",
     "pattern", "format", "required", "dependentRequired", "properties", "patternProperties",
     "additionalProperties", "propertyNames", "items", "prefixItems", "allOf", "anyOf", "not",
     "if", "then", "else", "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum",
     "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
     "uniqueItems"}
)  # fmt: skip
"""The keywords that both libraries are known to read alike."""

# No look-around, no flags, no escapes but of signs and of \s \d \w: there the dialects differ.
_PLAIN_PATTERN = re.compile(r"(?:[^\\(]|\\[sdwSDW]|\\[^\w\s]|\((?!\?))*", re.ASCII)
_PLAIN_TYPES = frozenset({str, bool, type(None)})
# A double holds every figure of so many digits exactly.
_DIGITS = 15
_LARGEST = 10**_DIGITS

IsValid = Callable[[Any], bool]


class Judge:
    """Says what one self-contained schema refuses; both libraries are made when first needed.

    Safe to share between threads.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema

    def iter_errors(self, data: Any) -> Iterable[ValidationError]:
        """Return the errors of some data, as jsonschema names them. Never raises for the data."""
        return () if self._surely_sound(data) else self.validator.iter_errors(data)

    @cached_property
    def validator(self) -> Draft202012Validator:
        """Return the validator of jsonschema."""
        return validator_of(self.schema)

    @cached_property
    def accelerator(self) -> IsValid | None:
        """Return what jsonschema-rs says of data; None without it or for a schema beyond it."""
        if not takes(self.schema):
            return None
        try:
            from jsonschema_rs import Draft202012Validator as Fast
        except ImportError:
            return None
        try:
            quick: IsValid = Fast(dict(self.schema), validate_formats=False).is_valid
        except ValueError:
            return None
        return quick

    def _surely_sound(self, data: Any) -> bool:
        if os.environ.get(SETTING) == "off" or not plain(data) or self.accelerator is None:
            return False
        try:
            return self.accelerator(data)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # a panic of the Rust side is no Exception
            return False


def plain(data: Any) -> bool:
    """Tell whether data holds only what both libraries take for the same values."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind in _PLAIN_TYPES:
            continue
        if kind is dict:
            waiting.extend(value.values())
        elif kind is list:
            waiting.extend(value)
        elif kind is int:
            if not -_LARGEST < value < _LARGEST:
                return False
        elif kind is not Decimal or not _short(value):
            return False
    return True


def _short(figure: Decimal) -> bool:
    if not figure.is_finite():
        return False
    return len(figure.as_tuple().digits) <= _DIGITS and abs(figure.adjusted()) <= _DIGITS


def takes(schema: Any) -> bool:
    """Tell whether a schema uses only the keywords and patterns that both libraries read alike."""
    if not isinstance(schema, Mapping):
        return isinstance(schema, bool)
    if not schema.keys() <= KEYWORDS or schema.get("$schema", DIALECT) != DIALECT:
        return False
    if not str(schema.get("$ref", "#")).startswith("#"):
        return False
    patterns = [*schema.get("patternProperties", ())]
    if "pattern" in schema:
        patterns.append(schema["pattern"])
    return all(map(_PLAIN_PATTERN.fullmatch, patterns)) and all(map(takes, parts_of(schema)))
