"""Propose what a small model is to choose from: annotations -> candidates of events and supplies."""
