"""One ledger, and what people do with hours."""
