"""Bytes become a Draft: YAML and JSON with the place of every value.

The readers are in :mod:`vanban.read.reader`, loaded only when something is read.
"""
