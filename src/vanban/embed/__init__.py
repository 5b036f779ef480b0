"""The data inside: a file of ours carries the draft it was made from, and can be held against it.

``payload`` says what is carried, ``in_docx`` and ``in_pdf`` where, ``drafts`` gives it back as a
draft; ``docx_pages`` and ``pdf_pages`` read what a reader sees, ``compare`` names what differs and
``verifying`` puts them together. Nothing heavy is imported with this package.
"""
