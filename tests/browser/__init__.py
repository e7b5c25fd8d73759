"""What only a real browser can show; skipped where there is none."""
