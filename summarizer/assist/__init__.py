"""What an assistant may call over MCP: prove a quote, check citations, make briefs and records."""
