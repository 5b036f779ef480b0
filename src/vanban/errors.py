"""The exceptions of vanban, raised only where no output is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanban.finding import Finding


class VanbanError(Exception):
    """Base of every error that vanban raises on purpose.

    The message is one sentence for the user, in the language in force. ``exit_code`` is the code
    with which the command ends when the error reaches it (3: input or environment, 4: output).
    """

    exit_code = 3


class DraftRefusedError(VanbanError):
    """A draft has findings that forbid an export; ``findings`` holds all of them."""

    exit_code = 1

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class EnvironmentIncompleteError(VanbanError):
    """The machine lacks something needed (a font, Pango); the message names the remedy."""


class TargetError(VanbanError):
    """An output file cannot or must not be written (missing folder, locked, edited by hand)."""


class TemplateError(VanbanError):
    """A template is missing, broken, or asks for something that it may not have."""


class TooLargeError(VanbanError):
    """What is asked for goes beyond a budget; the message tells the figure and the remedy."""


class OutputError(VanbanError):
    """What was rendered does not hold what it must; nothing was written."""

    exit_code = 4


class SettingsError(VanbanError):
    """Settings given by a program cannot be used; the message says which and why."""


class BaselineError(VanbanError):
    """A file of known findings cannot be used; nothing was checked."""


class MendingError(VanbanError):
    """A draft cannot be mended: it has no source text."""


class InternalError(VanbanError):
    """A fault of vanban itself (a broken profile, outline or catalogue)."""

    exit_code = 4


class EmbedError(VanbanError):
    """The data inside a file is not there, cannot be read, or cannot be given back exactly."""


class ProofError(OutputError):
    """A finished file is not what it must be; ``findings`` (family ``OUT``) say how."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class TemplateProofError(TemplateError):
    """What an office's own template made is not what it must be; ``findings`` say how."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)
