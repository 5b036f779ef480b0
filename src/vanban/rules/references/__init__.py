"""Rules about what a draft says twice: people, statements, cited documents (XRF)."""
