"""The command line: one module per verb; arguments become one typed object before any work."""
