"""Propose what a small model is to choose from: annotations -> events and supplies that may be."""
