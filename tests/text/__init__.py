"""Tests of the Vietnamese text tools."""
